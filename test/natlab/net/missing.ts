import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { labEnvironment, unshareCommand } from './inside.ts'
import type { NatKind } from './types.ts'
import { MINIUPNPD } from './upnp.ts'

const PROGRAMS = ['unshare', 'nsenter', 'ip', 'nft', 'cc', 'mount', 'sh']
const TUN = '/dev/net/tun'
const TRIED_WITHIN_MS = 20_000
/** What the lab does first of all, in small. */
const TRIAL = [
  'mount -t tmpfs lab /run && mkdir /run/netns && ip netns add trial',
  'ip link add name lan type bridge && ip link add name near type veth peer name far netns trial',
  'nft "add table ip trial; add chain ip trial out { type nat hook postrouting priority 100; }; add rule ip trial out masquerade fully-random"',
].join(' && ')

/**
 * What this machine lacks to run the lab, or, with kinds, to run hosts of those kinds; each a short phrase, none = it can.
 * Makes a namespace once to see whether it may.
 */
export function missingForLab(kinds: readonly NatKind[] = ['mapped', 'random']): readonly string[] {
  if (process.platform !== 'linux') return ['Linux']
  const programs = PROGRAMS.filter((name) => !isOnPath(name))
  const missing = programs.length > 0 ? programs : refusalOfNamespaces()
  if (kinds.includes('mapped') && !existsSync(MINIUPNPD)) missing.push('miniupnpd')
  if (kinds.includes('random') && !canOpenTun()) missing.push(`access to ${TUN}`)
  return missing
}

/** Throws, by name, where a `random` router cannot be built. */
export function assertTun(): void {
  if (!canOpenTun()) throw new Error(`a random router needs access to ${TUN}`)
}

let refusal: readonly string[] | undefined

function refusalOfNamespaces(): string[] {
  refusal ??= triedNamespaces()
  return [...refusal]
}

function triedNamespaces(): readonly string[] {
  const [unshare = '', ...options] = unshareCommand()
  const trial = spawnSync(unshare, [...options, 'sh', '-c', TRIAL], {
    env: labEnvironment(),
    encoding: 'utf8',
    timeout: TRIED_WITHIN_MS,
    killSignal: 'SIGKILL',
  })
  if (trial.status === 0) return []
  return [`leave to make network namespaces (${trial.stderr?.trim().split('\n')[0] || 'no answer'})`]
}

function isOnPath(name: string): boolean {
  const folders = (labEnvironment()['PATH'] ?? '').split(delimiter)
  return folders.some((folder) => existsSync(join(folder, name)))
}

function canOpenTun(): boolean {
  try {
    closeSync(openSync(TUN, 'r+'))
    return true
  } catch {
    return false
  }
}
