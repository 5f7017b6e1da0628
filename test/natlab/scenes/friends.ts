import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { eventually } from '../../support/eventually.ts'
import type { Host, NatKind } from '../net/lab.ts'
import { endsOf } from '../rows/climb.ts'
import { meet } from '../rows/meet.ts'
import type { PathName } from '../rows/promise.ts'
import type { Pair } from '../rows/talk.ts'
import type { Person, PersonOptions } from '../stage/person.ts'
import { createStage, type Stage } from '../stage/stage.ts'
import type { Figure, Stagehand } from './scene.ts'

/** Two contacts in a lab of their own. */
export interface Friends {
  readonly stage: Stage
  readonly pair: Pair
  readonly a: Person
  readonly b: Person
  readonly homes: readonly [Host, Host]
}

export interface FriendsOptions {
  readonly kinds?: readonly [NatKind, NatKind]
  /** The second one sits behind the router of the first. */
  readonly isOneHome?: boolean
  /** One entry for each relay: what it is started with beside generous limits. */
  readonly relays?: readonly (readonly string[])[]
  readonly settings?: PersonOptions['settings']
  /** The line they have when the story begins. */
  readonly line: PathName
}

const LINE_WITHIN_MS = 45_000

/** Brings two people together, plays, and ends everything, whatever happened. */
export async function withFriends(
  { weather, say }: Stagehand,
  options: FriendsOptions,
  play: (friends: Friends) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  const { kinds = ['restricted', 'restricted'], isOneHome = false, relays = [[], []], settings, line } = options
  const stage = await createStage({ weather, relays: 0 })
  try {
    for (const args of relays) await stage.addRelay(args)
    const first = await stage.lab.addHost(kinds[0])
    const homes = [first, isOneHome ? await stage.lab.addBehind(first) : await stage.lab.addHost(kinds[1])] as const
    const [a, b] = await Promise.all([seat(stage, homes[0], 'a', settings), seat(stage, homes[1], 'b', settings)])
    const { pair } = await meet(a, b, 'friends')
    await waitForLine(pair, line, LINE_WITHIN_MS)
    say(`two contacts, their line is ${line}`)
    return await play({ stage, pair, a, b, homes })
  } finally {
    await stage.stop()
  }
}

async function seat(stage: Stage, home: Host, name: string, settings: PersonOptions['settings']): Promise<Person> {
  const person = await stage.seat(home, { name, ...(settings && { settings }) })
  await person.hasPlaces(stage.relays.length)
  return person
}

/** Waits until both ends have this line; resolves with the milliseconds it took. */
export async function waitForLine(pair: Pick<Pair, 'a' | 'b'>, line: PathName, withinMs: number): Promise<number> {
  const startedAt = performance.now()
  try {
    await eventually(() => endsOf(pair).path === line, { withinMs })
  } catch {
    const { path, because } = endsOf(pair)
    const why = because.map((one) => one ?? 'no reason').join(', ')
    throw new Error(`no line that is ${line} at both ends after ${withinMs} ms: ${path ?? 'they differ'} (${why})`)
  }
  return performance.now() - startedAt
}

/**
 * Lets packets between a home and this address of the internet vanish, in the machine itself; everybody else is reached as
 * before. Resolves with what ends it.
 */
export async function cutOff(home: Host, address: string, ways: 'both' | 'out'): Promise<() => Promise<void>> {
  const incoming = `chain in { type filter hook input priority 0; ip saddr ${address} drop; }`
  const outgoing = `chain out { type filter hook output priority 0; ip daddr ${address} drop; }`
  await rules(home, `table ip cut {\n${ways === 'both' ? incoming : ''}\n${outgoing}\n}`)
  return () => rules(home, 'delete table ip cut')
}

async function rules(home: Host, text: string): Promise<void> {
  const [program = '', ...args] = [...home.through, 'nft', '-f', '-']
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'inherit'], timeout: 10_000 })
  child.stdin.end(text)
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`nft ended with ${code}: ${text}`)
}
