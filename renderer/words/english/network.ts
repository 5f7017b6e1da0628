import type { FailureCode } from '../../../shared/contract/failures.ts'
import type { Self } from '../../../shared/contract/views.ts'
import type { NatReport, OwnAddress, PortMappingState } from '../../../shared/domain/nat-report.ts'
import type { PeerPurpose } from '../../../shared/domain/peer.ts'
import type { Relay, RelaySource, RelayState } from '../../../shared/domain/relay.ts'
import { failureSentence } from '../failure.ts'
import { hasNetwork } from '../own-side.ts'
import { count, size } from '../size.ts'
import { duration } from '../time.ts'

const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

const ip4Of = (address: string): string | undefined => /^\/ip4\/([\d.]+)/.exec(address)?.[1]

/** Whether something shows that a router stands in between: it answered, or others see another address than mine. */
function showsRouter({ portMapping, addresses }: NatReport): boolean {
  if (portMapping === 'mapped' || portMapping === 'failed') return true
  if (addresses.some(({ kind }) => kind === 'mapped')) return true
  const own = addresses.filter(({ kind }) => kind === 'lan' || kind === 'public').map(({ address }) => ip4Of(address))
  return addresses.some(({ kind, address }) => {
    const seen = kind === 'observed' ? ip4Of(address) : undefined
    return seen !== undefined && own.some((ip) => ip !== undefined) && !own.includes(seen)
  })
}

/** What the first sentence rests on, beside the report. */
export interface Reach {
  /** The relays that keep a place for me, by name. */
  readonly relays: readonly string[]
  readonly isRelayOnly: boolean
  /** Somebody inside this network is connected. */
  readonly hasLanLine: boolean
}

/** The Network page's first sentence: how things are, from what was observed. */
function sentence(report: NatReport, { relays, isRelayOnly, hasLanLine }: Reach): string {
  const through = relays.length > 0 ? `People reach you through ${list(relays)}.` : ''
  if (isRelayOnly)
    return relays.length > 0
      ? `You chose “relay only”. ${through}`
      : 'You chose “relay only”, and no relay has a place for you. So nobody can open a line to you.'
  if (!hasNetwork(report) && relays.length === 0)
    return 'This computer has no network right now. Sightline connects by itself as soon as there is one.'
  if (report.reachability === 'public')
    return report.addresses.some(({ kind, evidence: state }) => kind === 'mapped' && state === 'verified')
      ? 'You can be reached directly: your router opened a port.'
      : 'You can be reached directly.'
  if (report.reachability === 'private') {
    const direct = showsRouter(report)
      ? 'You are behind a router that lets nobody in by itself.'
      : 'Nobody elsewhere gets through to you directly.'
    return `${direct} ${relays.length > 0 ? through : `No relay has a place for you.${onlyHere(hasLanLine)}`}`
  }
  if (relays.length > 0) return `${through} Whether you can be reached directly too is not known yet.`
  return `Not known yet whether you can be reached.${onlyHere(hasLanLine)}`
}

const onlyHere = (hasLanLine: boolean): string => (hasLanLine ? ' There is a line inside this network.' : '')

/** The second sentence: what the first one rests on, or what would tell. */
function rest({ reachability, addresses }: NatReport, { relays, isRelayOnly }: Reach): string {
  if (isRelayOnly) return 'No direct connection is made or accepted, with anyone.'
  if (reachability === 'public') return 'Others have called one of your addresses and got through.'
  if (reachability === 'private') {
    const called = addresses.some(({ evidence: state }) => state === 'failed')
      ? 'Others have called one of your addresses and did not get through.'
      : ''
    const begins = relays.length > 0 ? 'A line begins at a relay, and becomes direct where both ends allow it.' : ''
    return [called, begins].filter(Boolean).join(' ')
  }
  return 'Sightline asks other peers to call you back. That needs somebody to ask.'
}

const portMapping: Readonly<Record<PortMappingState, string>> = {
  off: 'Switched off. Sightline does not ask your router for a port.',
  searching: 'Looking for a router that opens ports.',
  mapped: 'Your router opened a port for Sightline, and keeps it open while Sightline runs.',
  failed: 'Your router answered and refused to open a port. Look for UPnP in its settings and allow this computer.',
  'no-gateway': 'No router here answers to UPnP. Either there is none in between, or UPnP is switched off in it.',
  unknown: 'Not known yet.',
}

const portMappingShort: Readonly<Record<PortMappingState, string>> = {
  off: 'Off',
  searching: 'Looking',
  mapped: 'Port open',
  failed: 'Refused',
  'no-gateway': 'No answer',
  unknown: '',
}

const relayState: Readonly<Record<RelayState, string>> = {
  reserved: 'Keeps a place for you',
  connecting: 'Asking for a place',
  spare: 'Spare: others keep places for you',
  refused: 'Said no',
  unreachable: 'Does not answer',
}

/** Why a relay said no, by its exact term (circuit relay v2). */
function relayRefusal(reason: string | undefined): FailureCode {
  return reason !== undefined && /RESERVATION_REFUSED|RESOURCE_LIMIT_EXCEEDED/.test(reason)
    ? 'relay-full'
    : 'relay-refused'
}

// What is behind a failed call, by a piece of its exact term. The first that fits is said.
const unreachable: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/i, 'The call was turned away: nothing takes calls at its address right now.'],
  [/ENOTFOUND|EAI_AGAIN|getaddrinfo/i, 'The name in its address was not found.'],
  [/EHOSTUNREACH|ENETUNREACH|ENETDOWN/i, 'No way leads there from this network.'],
  [/certificate|CERT_|self.signed/i, 'Its certificate is not good, so Sightline did not trust it.'],
  [/unexpected peer|UnexpectedPeer|does not match/i, 'Somebody else answers at its address.'],
  [/ECONNRESET|EPIPE|closed|ended/i, 'The connection broke off.'],
  [/time.?d? ?out|aborted|TimeoutError/i, 'Nothing came back in time.'],
]

/** Why a relay is of no use right now, as a sentence. */
function relayTrouble({ state, reason = '' }: Pick<Relay, 'state' | 'reason'>): string | undefined {
  if (state === 'refused')
    return /not a relay/i.test(reason)
      ? 'Somebody answers there who is no relay.'
      : failureSentence({ code: relayRefusal(reason) })
  if (state !== 'unreachable') return undefined
  return unreachable.find(([term]) => term.test(reason))?.[1] ?? failureSentence({ code: 'unreachable' })
}

const EXACT_TERM_CHARACTERS_MOST = 120

/** The exact term of a trouble, for who wants to look it up: without the data that some programs print after it. */
function exactTerm(reason: string | undefined): string | undefined {
  const term = reason
    ?.split(/[[{]/u)[0]
    ?.replace(/[\s:,-]+$/u, '')
    .trim()
  return term === undefined || term === '' ? undefined : term.slice(0, EXACT_TERM_CHARACTERS_MOST)
}

const relaySource: Readonly<Record<RelaySource, string>> = {
  entered: 'Entered by you',
  invite: 'From a link',
  contact: 'From a contact',
  packaged: 'Came with Sightline',
}

/** What one line through a relay may carry, as the relay states it. */
function relayLimit({ limitBytes, limitSeconds }: Pick<Relay, 'limitBytes' | 'limitSeconds'>): string {
  const parts = [
    ...(limitBytes === undefined ? [] : [size(limitBytes)]),
    ...(limitSeconds === undefined ? [] : [duration(limitSeconds * 1_000)]),
  ]
  return parts.length === 0 ? 'no limit stated' : `${parts.join(' or ')}, then a new one`
}

const addressKind: Readonly<Record<OwnAddress['kind'], string>> = {
  lan: 'inside this network',
  public: 'on the internet',
  mapped: 'the port your router opened',
  observed: 'as others see you',
  relayed: 'through a relay',
}

/** The verdict on one of my addresses, and what it rests on. */
function evidence({ kind, evidence: state }: OwnAddress): { readonly verdict: string; readonly why: string } {
  if (state === 'failed') return { verdict: 'Not reachable', why: 'was called, and nothing came through' }
  if (state === 'unverified') return { verdict: 'Not known yet', why: 'nobody has called it yet' }
  return kind === 'relayed'
    ? { verdict: 'Reachable', why: 'the relay keeps a place for it' }
    : { verdict: 'Reachable', why: 'another peer called it and got through' }
}

const purpose: Readonly<Record<PeerPurpose, string>> = {
  contact: 'contact',
  relay: 'relay',
  nearby: 'on this network',
  infrastructure: 'infrastructure',
}

/** Words of the Network page. */
export const network = {
  title: 'Network',
  listLabel: 'Network sections',
  sentence,
  rest,
  looking: 'Looking at your network.',
  lost: 'Not known right now',
  lostRest: 'What your network looked like was seen by the Sightline that this window has lost.',
  sections: { reachability: 'Reachability', router: 'Router', relays: 'Relays', peers: 'Peers', parts: 'Parts' },
  reachable: (self: Self | undefined, report: NatReport): string =>
    report.reachability === 'public' ? 'Directly' : (self?.reachableThrough.length ?? 0) > 0 ? 'By relay' : '',
  retry: 'Try everything again now',
  retryHint: 'Calls every relay and every contact now, instead of at the next planned time.',
  who: {
    direct: (howMany: number) => `${howMany} direct`,
    relayed: (howMany: number) => `${howMany} relayed`,
    none: (howMany: number) => `${howMany} without a line`,
    unknown: (howMany: number) => `${howMany} not known yet`,
  },
  address: 'Address',
  verdict: 'Verdict',
  evidenceTitle: 'Evidence',
  evidence,
  addressKind,
  autonat: 'AutoNAT',
  autonatMeaning: 'Other peers call your address back and say whether it worked.',
  reservation: 'Reservation',
  reservationMeaning: 'A relay keeps a place for you, and passes calls for you on.',
  noAddresses: 'No address is known yet.',
  asked: (time: string) => `seen ${time}`,
  portMapping,
  portMappingShort,
  upnp: 'UPnP',
  upnpMeaning: 'A way to ask a router for an open port.',
  noRelays:
    'You know no relay. Take one from a friend’s link, or enter an address: then people reach you wherever they are.',
  addRelay: 'Add a relay',
  relayAddress: 'Relay address',
  relayAddressHint:
    'As the person who runs it gave it to you: it begins with /ip4, /ip6 or /dns and ends with /p2p and its key.',
  remove: 'Remove',
  removeOf: (name: string) => `Remove ${name}`,
  relayState,
  relayRefusal,
  relayTrouble,
  exactTerm,
  relaySource,
  relayLimit,
  relayStateTitle: 'State',
  placeFor: 'Place kept for',
  perLine: 'One line may carry',
  roundTrip: 'Round trip',
  again: (time: string) => `tries again at ${time}`,
  againNow: 'tries again now',
  sees: 'While it keeps a place for you, it sees that you are online and whom you talk to through it, when and how much. It cannot read it.',
  peersNote: (howMany: number) => count(howMany, 'connection'),
  noPeers: 'No connection right now.',
  columns: {
    line: 'Line',
    who: 'Who',
    purpose: 'What for',
    path: 'Path',
    transport: 'Transport',
    streams: 'Streams',
    trip: 'Round trip',
    history: 'The last round trips',
    since: 'Since',
  },
  purpose,
  aRelay: (key: string) => `relay ${key}`,
  through: (relay: string) => `through ${relay}`,
  direct: 'direct',
  lan: 'this network',
  partsIntro: 'These parts cannot run on this computer. Everything else works without them.',
  parts: { quic: 'QUIC', webrtc: 'WebRTC' } as Readonly<Record<string, string>>,
  loopDelay: (time: string) => `Sightline answered within ${time} in the last minute (99 of 100 times).`,
} as const
