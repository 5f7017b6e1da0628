import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { createNetwork } from '../../../electron/network/create-network.ts'
import type {
  FrameStream,
  KnownRelay,
  Network,
  NetworkSettings,
  Trust,
  WantedPeer,
} from '../../../electron/network/network.ts'
import type { LoadPart } from '../../../electron/network/parts/transports.ts'
import { FRAME_MAX_BYTES } from '../../../shared/domain/limits.ts'

/** A person with a network on loopback and trust that a test can turn like a switch. */
export interface Person {
  readonly network: Network
  readonly id: string
  readonly contacts: Set<string>
  readonly blocked: Set<string>
  isRelayOnly: boolean
  readonly events: string[]
}

export const QUIET: NetworkSettings = { mdns: false, portMapping: false, announce: false }

export interface PersonOptions {
  readonly relays?: readonly KnownRelay[]
  readonly isRelayOnly?: boolean
  readonly settings?: NetworkSettings
  readonly loadPart?: LoadPart
  readonly tcp?: number
  /** Takes the place of the switch-like trust, answer by answer. */
  readonly trust?: Partial<Trust>
}

/** Starts someone; stopped at the end of the test. */
export async function startPerson(t: TestContext, options: PersonOptions = {}): Promise<Person> {
  const contacts = new Set<string>()
  const blocked = new Set<string>()
  const events: string[] = []
  const person = { contacts, blocked, isRelayOnly: options.isRelayOnly ?? true, events }
  const network = createNetwork(
    {
      seed: randomBytes(32),
      settings: options.settings ?? QUIET,
      listen: { host: '127.0.0.1', ...(options.tcp !== undefined && { tcp: options.tcp }) },
      trust: {
        isBlocked: (peer) => blocked.has(peer),
        isContact: (peer) => contacts.has(peer) && !blocked.has(peer),
        mayConnectDirectly: (peer) => contacts.has(peer) && !blocked.has(peer) && !person.isRelayOnly,
        ...options.trust,
      },
      log: (event, fields) => events.push(`${event} ${JSON.stringify(fields)}`),
    },
    options.loadPart,
  )
  t.after(() => network.stop())
  network.setRelays(options.relays ?? [])
  await network.start()
  return Object.assign(person, { network, id: network.self })
}

/** Makes two people each other's contacts, with all addresses they have now. */
export function introduce(a: Person, b: Person): void {
  a.contacts.add(b.id)
  b.contacts.add(a.id)
  a.network.setWanted([...wantedBy(a), wants(b)])
  b.network.setWanted([...wantedBy(b), wants(a)])
}

const wantedOf = new WeakMap<Person, Map<string, WantedPeer>>()
function wantedBy(person: Person): WantedPeer[] {
  return [...(wantedOf.get(person)?.values() ?? [])]
}

/** Someone as a wanted peer, with the addresses known now. */
export function wants({ id, network }: Person): WantedPeer {
  const { relayed, direct } = network.ownAddresses()
  return { id, purpose: 'contact', addresses: [...relayed, ...direct] }
}

export const lineOf = (from: Person, to: Person): string => from.network.path(to.id).line.kind

/** Answers every frame with the same frame. */
export async function echo(stream: FrameStream): Promise<void> {
  for await (const frame of stream) await stream.send(frame)
  await stream.close()
}

/** Sends one frame and waits for its echo. */
export async function roundTrip(from: Person, to: Person, protocol: string, frame: Uint8Array = randomBytes(64)) {
  const stream = await from.network.open(to.id, protocol, { signal: AbortSignal.timeout(5_000) })
  await stream.send(frame)
  for await (const back of stream) {
    await stream.close()
    return back
  }
  throw new Error('the stream ended without an answer')
}

export const bigFrame = () => new Uint8Array(randomBytes(FRAME_MAX_BYTES))

/** Addresses of a relay, waiting until the place is held. */
export const hasPlace = (person: Person, relays = 1) => person.network.report().reservations >= relays
