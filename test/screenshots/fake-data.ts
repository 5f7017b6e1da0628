import type { Contact, Invite, Nearby } from '../../shared/domain/contact.ts'
import type { Path, RelayedReason } from '../../shared/domain/line.ts'
import type { Conversation, Message } from '../../shared/domain/message.ts'
import type { NatReport } from '../../shared/domain/nat-report.ts'
import type { Peer } from '../../shared/domain/peer.ts'
import type { Relay } from '../../shared/domain/relay.ts'

/** One moment for all pictures, and it stays physically consistent: Friday 20 November 2026, 14:26 in Berlin. */
export const NOW = Date.UTC(2026, 10, 20, 13, 26)
export const at = (clock: string, daysAgo = 0): number => {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number)
  return Date.UTC(2026, 10, 20 - daysAgo, hours - 1, minutes, seconds)
}

export const id = (name: string): string =>
  `12D3KooW${`${name}Zq8o1uQvTn4bXwYx7RkD5mJ6hLsE9aVfGtH3BpKc2`.slice(0, 36)}${endings[name] ?? 'aXc7P2q9'}`
const endings: Readonly<Record<string, string>> = {
  Noa: 'e0d7K7b2',
  Lena: 'h3Fac219',
  Omar: 'kAf8R8c4',
  Mara: 'y9D17e3b',
  Bea: 's2CBaa17',
  Dad: 'c8Em5512',
  Hana: 'fM2v6c9d',
  Ines: '1b7cw4Ta',
  Tomas: 'a91fz3d7',
  Ravi: '58beqH1f',
  harbour: 'e42rB91b',
  relay: 'G8b8d12f',
  Eve: 'Qw7eU3hn',
  Igor: 'vB3tR9sd',
  Yara: 'nT5wK1pz',
}
export const SELF = id('Noa')
export const HARBOUR = id('harbour')
export const INES_RELAY = id('relay')

const direct = (roundTripMs: number, since: number): Path => ({
  line: { kind: 'direct' },
  transport: 'tcp',
  encryption: 'TLS 1.3',
  roundTripMs,
  since,
})
const relayed = (because: RelayedReason, roundTripMs: number, since: number): Path => ({
  line: { kind: because === 'trying' ? 'upgrading' : 'relayed', relay: INES_RELAY },
  because,
  transport: 'tcp',
  encryption: 'TLS 1.3',
  roundTripMs,
  since,
})

const contact = (name: string, key: string, path: Path, more: Partial<Contact> = {}): Contact => ({
  id: id(key),
  name,
  state: 'mutual',
  isRelayOnly: false,
  isVerified: false,
  path,
  since: at('18:00', 17),
  lastSeen: NOW,
  ...more,
})

export const people: readonly Contact[] = [
  contact('Lena Vogt', 'Lena', relayed('trying', 43, at('14:21')), { isVerified: true }),
  contact('Omar Haddad', 'Omar', relayed('relay-only', 61, at('13:58')), { isRelayOnly: true }),
  contact('Mara Okafor', 'Mara', { ...direct(1, at('09:02')), line: { kind: 'lan' } }),
  contact('Bea Lindqvist', 'Bea', { line: { kind: 'none' } }, { lastSeen: at('12:04'), isVerified: true }),
  contact('Petr Kos', 'Dad', direct(22, at('08:13')), { givenName: 'Dad', isVerified: true }),
  contact('Hana Mori', 'Hana', { line: { kind: 'unknown' } }),
  contact('Ines Prado', 'Ines', direct(17, at('11:30'))),
  contact(
    'Tomás Silva',
    'Tomas',
    { line: { kind: 'none' } },
    {
      state: 'asks-me',
      note: 'Hi Noa, Ines gave me your link. I keep the bees next to plot 14.',
      usedInviteOf: at('10:00', 8),
    },
  ),
  contact(
    'Lena Vоgt',
    'Eve',
    { line: { kind: 'none' } },
    { state: 'asks-me', note: 'It’s me, new phone', looksLike: 'Lena Vogt' },
  ),
  contact('Igor Blau', 'Igor', { line: { kind: 'none' } }, { state: 'blocked' }),
]

export const nearby: readonly Nearby[] = [
  { id: id('Ravi'), name: 'Ravi A.', via: 'lan' },
  { id: id('Yara'), name: 'Yara Nasser', via: 'relay' },
]

/** Names as an honest messenger never hands them on; the page has to hold even then. */
export const hostileNames: readonly string[] = [
  '\u202Egnp.ecilA\u202C',
  '<img src=x onerror=alert(1)>',
  `Z${'\u0351\u036B\u0353\u036A'.repeat(8)}a${'\u0351\u036B\u0353\u036A'.repeat(8)}lgo`,
  // The messenger hands on 64 letters at most.
  'W'.repeat(64),
  '\u200B\u200D\u2060',
  'שלום עולם, مرحبا بالعالم',
  '﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽',
]

const hex = (seed: number): string => seed.toString(16).padStart(64, '0')
export const conversationWith = (key: string): string => hex(1000 + Object.keys(endings).indexOf(key))

const conversation = (key: string, more: Partial<Conversation>): Conversation => ({
  id: conversationWith(key),
  contact: id(key),
  readUpTo: 0,
  unread: 0,
  waiting: 0,
  isTyping: false,
  isForked: false,
  ...more,
})

export const conversations: readonly Conversation[] = [
  conversation('Lena', { lastText: 'Yes. No hurry with these', lastIsMine: true, lastAt: at('14:24') }),
  conversation('Omar', {
    lastText: 'Can you see the second camera now?',
    lastIsMine: false,
    lastAt: at('14:19'),
    unread: 3,
  }),
  conversation('Mara', { lastText: 'Printer is out of paper again', lastIsMine: false, lastAt: at('13:47') }),
  conversation('Bea', { lastText: 'The key is under the blue pot', lastIsMine: true, lastAt: at('12:06'), waiting: 1 }),
  conversation('Dad', {
    lastText: 'Call me when you are home',
    lastIsMine: false,
    lastAt: at('11:52'),
    draft: 'I’ll call you after the',
  }),
  conversation('Hana', { lastText: 'tent, stove, the small lamp', lastIsMine: false, lastAt: at('19:20', 3) }),
]

let seq = 0
const message = (
  key: string,
  isMine: boolean,
  clock: string,
  text: string,
  more: Partial<Message> & { daysAgo?: number } = {},
): Message => {
  seq++
  const { daysAgo = 0, ...rest } = more
  const writtenAt = at(clock, daysAgo)
  const author = isMine ? SELF : id(key)
  return {
    id: hex(seq),
    conversation: conversationWith(key),
    author,
    isMine,
    order: { lamport: seq, author, instance: '0'.repeat(32), seq },
    writtenAt,
    arrivedAt: writtenAt,
    body: { kind: 'text', text },
    reactions: [],
    arrival: seq,
    isLate: false,
    ...(isMine ? { delivery: 'delivered' as const } : {}),
    ...rest,
  }
}
const byRelay = (clock: string, acknowledgedMs = 61) =>
  ({
    receipt: { line: 'relayed', transport: 'tcp', relay: INES_RELAY, sentAt: at(clock), waitedMs: 4, acknowledgedMs },
  }) as const
const cameByRelay = { passage: { line: 'relayed', transport: 'tcp', relay: INES_RELAY } } as const
const directly = (clock: string, acknowledgedMs = 14) =>
  ({ receipt: { line: 'direct', transport: 'tcp', sentAt: at(clock), waitedMs: 3, acknowledgedMs } }) as const
const cameDirectly = { passage: { line: 'direct', transport: 'tcp' } } as const

const before: readonly Message[] = [
  message('Lena', true, '20:14', 'Are we still walking the ridge on Sunday?', { daysAgo: 1, ...byRelay('20:14') }),
  message(
    'Lena',
    false,
    '20:31',
    'Yes, if the weather holds. I am looking for my grandfather’s map, the one with the path over the eastern side.',
    { daysAgo: 1, ...cameByRelay },
  ),
  message('Lena', true, '13:39', 'Did the old map turn up?', byRelay('13:39')),
]
const quoted = message('Lena', false, '13:52', 'Page one. The dotted part is gone.', cameDirectly)
export const messages: readonly Message[] = [
  ...before,
  quoted,
  message('Lena', false, '13:53', 'I put a scan of it here: https://maps.example/ridge-1952', cameDirectly),
  message('Lena', true, '13:55', 'Then we take the saddle. Forty minutes more, I think.', {
    ...directly('13:55'),
    inReplyTo: { id: quoted.id, author: quoted.author, text: 'Page one. The dotted part is gone.' },
    reactions: [{ emoji: '❤️', authors: [id('Lena')] }],
  }),
  message('Lena', false, '14:22', 'On the train now. Can you bring the small tent?', {
    ...cameByRelay,
    editedAt: at('14:23'),
  }),
  message('Lena', true, '14:24', 'Of course', byRelay('14:24')),
  message('Lena', true, '14:24:30', 'Yes. No hurry with these', byRelay('14:24:30')),
  message('Omar', true, '14:02', 'The first one works. It was the cable.', {
    delivery: 'read',
    ...byRelay('14:02', 88),
  }),
  message('Omar', false, '14:17', 'Good.', cameByRelay),
  message('Omar', false, '14:18', 'I moved the second one to the gate, a little higher than before.', cameByRelay),
  message('Omar', false, '14:19', 'Can you see the second camera now?', cameByRelay),
  message('Bea', false, '11:58', 'Where did you leave the key?', cameDirectly),
  message('Bea', true, '12:06', 'The key is under the blue pot', { delivery: 'written' }),
  message('Mara', false, '13:47', 'Printer is out of paper again', {
    passage: { line: 'lan', transport: 'tcp' },
  }),
  message('Dad', false, '11:52', 'Call me when you are home', cameDirectly),
  message('Hana', false, '19:20', 'tent, stove, the small lamp', { daysAgo: 3 }),
]
/** Where the unread messages of Omar’s conversation begin. */
export const firstUnread: Readonly<Record<string, string | undefined>> = {
  [conversationWith('Omar')]: messages.find(({ body }) => body.kind === 'text' && body.text === 'Good.')?.id,
}

export const relays: readonly Relay[] = [
  {
    id: HARBOUR,
    name: 'harbour',
    addresses: [`/dns4/harbour.example/tcp/4001/p2p/${HARBOUR}`],
    source: 'entered',
    state: 'reserved',
    reservedUntil: NOW + 106 * 60_000,
    roundTripMs: 12,
  },
  {
    id: INES_RELAY,
    name: 'Ines’s relay',
    addresses: [`/dns4/relay.ines.example/tcp/443/wss/p2p/${INES_RELAY}`],
    source: 'contact',
    state: 'reserved',
    reservedUntil: NOW + 46 * 60_000,
    limitBytes: 512 * 1024 * 1024,
    limitSeconds: 7200,
    roundTripMs: 18,
  },
  {
    id: id('third'),
    addresses: [`/ip4/198.51.100.9/tcp/4001/p2p/${id('third')}`],
    source: 'invite',
    state: 'refused',
    reason: 'RESERVATION_REFUSED: 128 of 128 places taken',
    retryAt: at('14:40'),
  },
]

const link = `sightline://add/${'CAESJgAkCAESIPp3Kc2Zq8o1uQvTn4bXwYx0RkD5mJ6hLsE9aVfGtH3BEgNOb2EY'.repeat(5)}`
export const invites: readonly Invite[] = [
  {
    id: 'one',
    link,
    createdAt: at('09:10', 8),
    used: 1,
    isWithdrawn: false,
    hasDirectAddresses: false,
    relays: [HARBOUR, INES_RELAY],
  },
  {
    id: 'two',
    link,
    createdAt: at('17:40', 40),
    used: 2,
    isWithdrawn: true,
    hasDirectAddresses: true,
    relays: [HARBOUR],
  },
]
export const poorInvite: Invite = {
  id: 'new',
  link,
  createdAt: NOW,
  used: 0,
  isWithdrawn: false,
  hasDirectAddresses: false,
  relays: [],
}

const peer = (
  name: string,
  key: string,
  purpose: Peer['purpose'],
  path: Path,
  trips: readonly number[],
  streams = 1,
): Peer => ({
  id: id(key),
  name,
  purpose,
  path,
  connections: 1,
  streams,
  address:
    path.line.kind === 'lan'
      ? '/ip4/192.168.178.31/tcp/40112'
      : path.line.kind === 'direct'
        ? '/ip4/198.51.100.24/tcp/41873'
        : '/dns4/relay.ines.example/tcp/443/wss/p2p-circuit',
  roundTripsMs: trips,
})
export const peers: readonly Peer[] = [
  ...people
    .filter(({ path }) => path.roundTripMs !== undefined)
    .map((person) => {
      const now = person.path.roundTripMs ?? 0
      return peer(
        person.givenName ?? person.name,
        '',
        'contact',
        person.path,
        [now + 2, now, now + 9, now + 1, now + 3, now - 0.4, now],
        2,
      )
    })
    .map((row, index) => ({
      ...row,
      id: people.filter(({ path }) => path.roundTripMs !== undefined)[index]?.id ?? row.id,
    })),
  peer(
    'Ines’s relay',
    'relay',
    'relay',
    { ...direct(18, at('08:12')), transport: 'websocket' },
    [18, 19, 18, 26, 18],
    5,
  ),
  peer('harbour', 'harbour', 'relay', { ...direct(12, at('08:12')), encryption: 'Noise' }, [12, 12, 13, 12], 4),
]

export const report: NatReport = {
  at: at('14:13'),
  reachability: 'private',
  portMapping: 'failed',
  mapping: 'endpoint-independent',
  reservations: 2,
  addresses: [
    { address: '/ip4/203.0.113.7/tcp/41873', kind: 'observed', evidence: 'failed' },
    { address: '/ip6/2001:db8:41::9/tcp/41873', kind: 'public', evidence: 'unverified' },
    { address: '/ip4/192.168.178.23/tcp/41873', kind: 'lan', evidence: 'unverified' },
    {
      address: `/dns4/harbour.example/tcp/4001/p2p/${HARBOUR.slice(0, 12)}…/p2p-circuit`,
      kind: 'relayed',
      evidence: 'verified',
    },
  ],
  missing: [{ part: 'quic', why: 'no prebuilt binary for this system (linux-riscv64)' }],
  loopDelayP99Ms: 3.4,
}
