import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { script, throughNamespace } from './programs.ts'
import { PORT_MAPPING_CHAINS } from './rules.ts'
import type { PortMapping } from './types.ts'

export const MINIUPNPD = '/usr/sbin/miniupnpd'
const LISTENS_WITHIN_MS = 10_000

/** A real `miniupnpd` (Debian, nftables) on a router, of whose own rules it is allowed to change three chains. */
export interface PortMapper {
  /** Killed without a word and started again with nothing mapped, as after a power cut. */
  reboot(): Promise<void>
  /** What the router's rules map now. */
  mappings(): Promise<readonly PortMapping[]>
  stop(): Promise<void>
}

/** Starts it on a router whose rules are those of `mapped` (rules.ts); resolves once it listens. */
export async function startPortMapper(
  router: string,
  { version, number }: { readonly version: 'igd1' | 'igd2'; readonly number: number },
): Promise<PortMapper> {
  const file = `/run/miniupnpd-${router}.conf`
  await writeFile(file, configuration(version, number))
  let running = await listening(router, file)
  return {
    async reboot() {
      await killed(running)
      await script(router, [`nft -f - <<'RULES'\ndelete table inet upnp\n${PORT_MAPPING_CHAINS}\nRULES`])
      running = await listening(router, file)
    },
    mappings: async () => parseMappings(await script(router, ['nft list chain inet upnp mapped_in'])),
    stop: () => killed(running),
  }
}

function configuration(version: 'igd1' | 'igd2', number: number): string {
  return [
    'ext_ifname=wan',
    'listening_ip=lan',
    'port=5000',
    'enable_upnp=yes',
    'enable_natpmp=no',
    'ipv6_disable=yes',
    // Whoever asks may map ports to itself only, as home routers have it.
    'secure_mode=yes',
    'system_uptime=no',
    'clean_ruleset_interval=0',
    'notify_interval=30',
    'min_lifetime=1',
    'max_lifetime=86400',
    `force_igd_desc_v1=${version === 'igd1' ? 'yes' : 'no'}`,
    `uuid=00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`,
    'upnp_table_name=upnp',
    'upnp_nat_table_name=upnp',
    'upnp_forward_chain=mapped_forward',
    'upnp_nat_chain=mapped_in',
    'upnp_nat_postrouting_chain=mapped_out',
    'allow 1024-65535 0.0.0.0/0 1024-65535',
    'deny 0-65535 0.0.0.0/0 0-65535',
    '',
  ].join('\n')
}

async function listening(router: string, file: string): Promise<ChildProcess> {
  const pid = `/run/miniupnpd-${router}.pid`
  const [program = '', ...args] = [...throughNamespace(router), MINIUPNPD, '-d', '-f', file, '-P', pid]
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  // Nobody is kept from ending by a router that runs.
  child.unref()
  if (child.stderr instanceof Socket) child.stderr.unref()
  const said: string[] = []
  const listens = Promise.withResolvers<void>()
  const timer = setTimeout(() => listens.reject(new Error('nothing')), LISTENS_WITHIN_MS)
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (said.length < 50) said.push(line)
    if (line.includes('HTTP listening on port')) listens.resolve()
  })
  child.once('error', listens.reject)
  child.once('close', (code) => listens.reject(new Error(`exit ${code}`)))
  try {
    await listens.promise
    return child
  } catch (cause) {
    await killed(child)
    throw new Error(`miniupnpd did not come up: ${said.join('; ')}`, { cause })
  } finally {
    clearTimeout(timer)
  }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.ref()
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** Rules look like `iif "wan" @nh,72,8 0x11 th dport 4001 dnat ip to 192.168.1.2:4002`; byte 9 of the header is the protocol. */
export function parseMappings(rules: string): PortMapping[] {
  const rule = /(?:@nh,72,8|meta l4proto) (\w+) (?:th|tcp|udp) dport (\d+) dnat ip to ([\d.]+):(\d+)/g
  return [...rules.matchAll(rule)].map(([, protocol = '', outerPort, innerAddress = '', innerPort]) => ({
    protocol: protocol === 'tcp' || Number(protocol) === 6 ? 'tcp' : 'udp',
    outerPort: Number(outerPort),
    innerAddress,
    innerPort: Number(innerPort),
  }))
}
