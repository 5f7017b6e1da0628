import type { Self } from '../../../shared/contract/views.ts'
import type { MappingBehaviour, NatReport, OwnAddress, PortMappingState } from '../../../shared/domain/nat-report.ts'
import type { PeerPurpose } from '../../../shared/domain/peer.ts'
import type { Relay, RelaySource, RelayState } from '../../../shared/domain/relay.ts'
import {
  exactTerm,
  type ReachWords,
  reachBasis,
  reachSentence,
  relayRefusal,
  relayTroubleSentence,
  type TroubleWords,
} from '../network-truth.ts'
import { count, size } from '../size.ts'
import { duration } from '../time.ts'
import { failures } from './failures.ts'

const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

const reach: ReachWords = {
  through: (relays) => `People reach you through ${list(relays)}.`,
  relayOnly: 'You chose “relay only”.',
  relayOnlyNone: 'You chose “relay only”, and no relay has a place for you. So nobody can open a line to you.',
  noNetwork: 'This computer has no network right now. Sightline connects by itself as soon as there is one.',
  mapped: 'You can be reached directly: your router opened a port.',
  direct: 'You can be reached directly.',
  router: 'You are behind a router that lets nobody in by itself.',
  private: 'Nobody elsewhere gets through to you directly.',
  noPlace: 'No relay has a place for you.',
  directUnknown: 'Whether you can be reached directly too is not known yet.',
  unknown: 'Not known yet whether you can be reached.',
  lanLine: 'There is a line inside this network.',
  rest: {
    relayOnly: 'No direct connection is made or accepted, with anyone.',
    public: 'Others have called one of your addresses and got through.',
    failed: 'Others have called one of your addresses and did not get through.',
    begins: 'A line begins at a relay, and becomes direct where both ends allow it.',
    unknown: 'Sightline asks other peers to call you back. That needs somebody to ask.',
  },
}

const portMapping: Readonly<Record<PortMappingState, string>> = {
  off: 'Switched off. Sightline does not ask your router for a port.',
  searching: 'Looking for a router that opens ports.',
  mapped: 'Your router opened a port for Sightline, and keeps it open while Sightline runs.',
  failed: 'Your router answered and refused to open a port. Look for UPnP in its settings and allow this computer.',
  'no-gateway': 'No router here answers to UPnP. Either there is none in between, or UPnP is switched off in it.',
  'double-nat':
    'Your router opened a port, but stands behind another router itself, often one of your provider. Nobody outside can use that port.',
  unknown: 'Not known yet.',
}

/** What the router does with ports, or that none is in between. */
const mapping: Readonly<Record<MappingBehaviour, string>> = {
  'endpoint-independent': 'Everyone you talk to sees you at the same port, so it can be told to others.',
  'endpoint-dependent':
    'Your router uses another port for each destination, so nobody can know in advance at which one to call you.',
  unknown: 'Not known yet whether your router keeps one port for everyone: it takes two relays to see.',
}

const mappingTerm: Readonly<Record<Exclude<MappingBehaviour, 'unknown'>, { name: string; meaning: string }>> = {
  'endpoint-independent': {
    name: 'Endpoint-independent mapping',
    meaning: 'One inner port has one outer port, whoever is talked to. Also where there is no NAT at all.',
  },
  'endpoint-dependent': {
    name: 'Endpoint-dependent mapping',
    meaning: 'One inner port has another outer port for each destination. Also called a symmetric NAT.',
  },
}

const portMappingShort: Readonly<Record<PortMappingState, string>> = {
  off: 'Off',
  searching: 'Looking',
  mapped: 'Port open',
  failed: 'Refused',
  'no-gateway': 'No answer',
  'double-nat': 'Two routers',
  unknown: '',
}

const relayState: Readonly<Record<RelayState, string>> = {
  reserved: 'Keeps a place for you',
  connecting: 'Asking for a place',
  spare: 'Spare: others keep places for you',
  refused: 'Said no',
  unreachable: 'Does not answer',
}

const trouble: TroubleWords = {
  notARelay: 'Somebody answers there who is no relay.',
  unreachable: {
    refused: 'The call was turned away: nothing takes calls at its address right now.',
    noName: 'The name in its address was not found.',
    noWay: 'No way leads there from this network.',
    certificate: 'Its certificate is not good, so Sightline did not trust it.',
    somebodyElse: 'Somebody else answers at its address.',
    brokeOff: 'The connection broke off.',
    tooLate: 'Nothing came back in time.',
  },
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
  sentence: reachSentence(reach),
  rest: reachBasis(reach),
  looking: 'Looking at your network.',
  lost: 'Not known right now',
  lostRest: 'What your network looked like was seen by the Sightline that this window has lost.',
  sections: {
    reachability: 'Reachability',
    router: 'Router',
    relays: 'Relays',
    peers: 'Peers',
    attempts: 'What was tried',
    parts: 'Parts',
  },
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
  mapping,
  mappingTerm,
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
  relayTrouble: relayTroubleSentence(trouble, failures.plain),
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
  placesOf: (kept: number, known: number) => `${kept} of ${known}`,
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
