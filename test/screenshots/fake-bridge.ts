import type { Bridge } from '../../shared/contract/bridge.ts'
import type { CommandName, HistoryPage } from '../../shared/contract/commands.ts'
import { type Failure, failure } from '../../shared/contract/failures.ts'
import type { Self, ViewName, ViewPush } from '../../shared/contract/views.ts'
import type { Attempt } from '../../shared/domain/attempt.ts'
import type { Contact } from '../../shared/domain/contact.ts'
import { isRelayed, NO_PATH } from '../../shared/domain/line.ts'
import { type Conversation, compareOrder, type Message } from '../../shared/domain/message.ts'
import type { Peer } from '../../shared/domain/peer.ts'
import type { Relay } from '../../shared/domain/relay.ts'
import { DEFAULT_SETTINGS } from '../../shared/domain/settings.ts'
import { err, ok } from '../../shared/result.ts'
import { attempts, everyOutcome } from './fake-attempts.ts'
import * as data from './fake-data.ts'
import type { Scene } from './scene.ts'

const keyed = <Row extends { readonly id: string }>(rows: readonly Row[]) => rows.map((row) => [row.id, row] as const)

function rowsOf(scene: Scene): Readonly<Record<ViewName, readonly (readonly [string, unknown])[]>> {
  const full = scene.isEmpty !== true
  const isReached = scene.reach !== 'none'
  const self: Self = {
    id: data.SELF,
    name: scene.isNamed === false ? '' : 'Noa',
    reach: isReached ? { line: { kind: 'relayed', relay: data.relays[0]?.id ?? '' } } : { line: { kind: 'none' } },
    reachableThrough:
      isReached && !scene.isCutOff ? data.relays.slice(0, 2).map(({ id, name = '' }) => ({ relay: id, name })) : [],
  }
  return {
    session: [['', scene.session ?? { state: 'open', opensWith: 'passphrase' }]],
    shell: [['', { kind: 'loopback', profile: 'noa', version: '0.1.0', platform: 'linux', ...scene.shell }]],
    arrivals: [],
    attempts: full ? keyed(triedIn(scene)) : [],
    self: [['', self]],
    settings: [['', { ...DEFAULT_SETTINGS, relayOnly: scene.isCutOff === true }]],
    people: full ? keyed(data.people.map((row) => changedPerson(row, scene))) : [],
    nearby: full ? keyed(data.nearby) : [],
    invites: isReached ? keyed(data.invites) : keyed([data.poorInvite]),
    conversations: full ? keyed(data.conversations.map((row) => changed(row, scene))) : [],
    peers: full ? keyed(data.peers.map((row) => becauseOf(row, scene))) : [],
    relays: isReached
      ? keyed(scene.isCutOff ? data.relays.map(silent) : data.relays)
      : scene.added === undefined
        ? []
        : keyed([addedRelay(scene.added)]),
    network: [
      [
        '',
        isReached
          ? { ...data.report, ...scene.router }
          : { ...data.report, reservations: 0, reachability: 'unknown', addresses: [] },
      ],
    ],
  }
}

function addedRelay(state: 'refused' | 'unreachable'): Relay {
  const relay = data.relays[2]
  if (relay === undefined) throw new Error('the relay to be added is not among the data')
  return { ...relay, state }
}

const silent = ({ reservedUntil: _until, roundTripMs: _trip, ...relay }: Relay): Relay => ({
  ...relay,
  state: 'unreachable',
  reason: 'connect ECONNREFUSED 198.51.100.9:4001',
  retryAt: data.NOW + 240_000,
})

/** A person in whose case something has happened. */
function changedPerson(row: Contact, scene: Scene): Contact {
  const { isBeaBlocked = false, isCutOff = false, isHostile = false } = scene
  if (isHostile) {
    const { givenName: _given, ...plain } = row
    const at = data.people.findIndex(({ id }) => id === row.id)
    const name = data.hostileNames[at % data.hostileNames.length] ?? ''
    return {
      ...plain,
      name,
      ...(row.note === undefined ? {} : { note: name }),
      ...(row.looksLike && { looksLike: name }),
    }
  }
  if (isBeaBlocked && row.id === data.conversations.find(({ id }) => id === data.conversationWith('Bea'))?.contact)
    return { ...row, state: 'blocked' }
  return isCutOff ? { ...row, path: NO_PATH } : becauseOf(row, scene)
}

/** What was tried; where a line stays relayed for good, nothing is under way any more. */
function triedIn({ tried, because = 'trying' }: Scene): readonly Attempt[] {
  if (tried === 'nothing') return []
  if (tried === 'everything') return everyOutcome
  return attempts.filter(({ outcome }) => because === 'trying' || outcome.state !== 'running')
}

/** Lena as she is in a scene: her line is relayed for another reason. */
function becauseOf<Row extends Contact | Peer>(row: Row, { because }: Scene): Row {
  const { line, because: _before, ...path } = row.path
  if (because === undefined || !isRelayed(line) || row.id !== data.id('Lena')) return row
  const kind = because === 'trying' ? 'upgrading' : 'relayed'
  return { ...row, path: { ...path, line: { ...line, kind }, ...(because === 'none' ? {} : { because }) } }
}

/** The row of a conversation in which something has happened. */
function changed(row: Conversation, { hasLate = false, stopped }: Scene): Conversation {
  if (hasLate && row.id === data.conversationWith('Mara'))
    return { ...row, unread: 1, readUpTo: 1e6, late: { count: 1, first: fillerId(LATE), arrival: 1e6 + 1 } }
  return stopped && row.id === data.conversationWith('Lena') ? { ...row, stopped } : row
}

/** Stands in for the messenger in pictures: believable rows, and just enough answers to look at the pages. */
export function fakeBridge(scene: Scene): Bridge {
  const rows = rowsOf(scene)
  const all: Message[] = [
    ...data.messages,
    ...filler(scene.manyMessages ?? 0),
    ...(scene.hasHostileTexts ? hostile() : []),
  ]
  const hearing = new Map<string, Set<(change: { conversation: string; messages: readonly Message[] }) => void>>()

  const answers: Partial<Record<CommandName, (input: Record<string, unknown>) => unknown>> = {
    'message.history': (input): HistoryPage => {
      const { conversation, before, after, around, limit } = input as {
        conversation: string
        before?: Message['order']
        after?: Message['order']
        around?: string
        limit: number
      }
      const known = all
        .filter((message) => message.conversation === conversation)
        .sort((a, b) => compareOrder(a.order, b.order))
      const middle = known.findIndex(({ id }) => id === around)
      const from =
        middle >= 0
          ? Math.max(0, middle - Math.floor(limit / 2))
          : after
            ? known.findIndex(({ order }) => compareOrder(order, after) > 0)
            : Math.max(0, known.filter(({ order }) => !before || compareOrder(order, before) < 0).length - limit)
      const end =
        before && middle < 0 ? known.filter(({ order }) => compareOrder(order, before) < 0).length : from + limit
      const page = known.slice(from, end)
      const [first, last] = [page[0], page.at(-1)]
      const unread = data.firstUnread[conversation]
      return {
        messages: page,
        ...(from > 0 && first ? { before: first.order } : {}),
        ...(end < known.length && last ? { after: last.order } : {}),
        ...(unread === undefined ? {} : { firstUnread: unread }),
      }
    },
    'message.search': (input) => ({
      hits: all
        .filter(
          ({ body }) => body.kind === 'text' && body.text.toLowerCase().includes(String(input['words']).toLowerCase()),
        )
        .map((message) => ({
          conversation: message.conversation,
          message: message.id,
          order: message.order,
          author: message.author,
          at: message.writtenAt,
          text: message.body.kind === 'text' ? message.body.text : '',
        })),
    }),
    'message.send': (input) => {
      const { conversation, text } = input as { conversation: string; text: string }
      const last = all.length + 1_000
      const sent: Message = {
        ...(all[0] as Message),
        id: last.toString(16).padStart(64, '0'),
        conversation,
        isMine: true,
        author: data.SELF,
        order: { lamport: 1e9 + last, author: data.SELF, instance: '0'.repeat(32), seq: last },
        writtenAt: Date.now(),
        arrivedAt: Date.now(),
        body: { kind: 'text', text },
        delivery: 'delivered',
      }
      all.push(sent)
      for (const listener of hearing.get(conversation) ?? []) listener({ conversation, messages: [sent] })
      return { message: sent.id }
    },
    'contact.preview': () => ({
      id: `${data.SELF.slice(0, -8)}b46eZd9T`,
      name: 'Tove Arvidsson',
      addresses: ['/dns4/relay.tove.example/tcp/443/wss/p2p/12D3KooWRelay/p2p-circuit'],
      createdAt: Date.UTC(2026, 10, 18),
      relays: ['12D3KooWTovesRelayq8o1uQvTn4bXw7Tov3RLy1'],
    }),
    'contact.safetyNumber': () => ({
      digits: '31415926535897932384626433832795028841971693993751058209749445'.slice(0, 60),
    }),
  }

  return {
    ask: async (name, input) => {
      if (name === 'profile.unlock') return err<Failure>(failure('wrong-passphrase'))
      if (name === 'relay.add' && scene.added !== undefined) return ok({ relay: addedRelay(scene.added).id } as never)
      if (name === 'relay.add') return err<Failure>(failure('address-invalid'))
      // A stand-in: the answers above have the shapes of their commands.
      return ok((answers[name]?.(input as Record<string, unknown>) ?? null) as never)
    },
    watch: (name, onPush) => {
      const push: ViewPush = { revision: 1, isWhole: true, rows: rows[name], gone: [] }
      const timer = setTimeout(() => onPush(push as never), 0)
      return () => clearTimeout(timer)
    },
    hear: (conversation, onChange) => {
      const listeners = hearing.get(conversation) ?? new Set()
      hearing.set(conversation, listeners.add(onChange))
      return () => listeners.delete(onChange)
    },
    onConnection: (listener) => {
      listener(true)
      if (scene.lostAfterMs === undefined) return () => {}
      const timer = setTimeout(() => listener(false), scene.lostAfterMs)
      return () => clearTimeout(timer)
    },
  }
}

// Far enough above the end to be out of sight.
const LATE = 2_943
const fillerId = (index: number): string => (1_000_000 + index).toString(16).padStart(64, '0')

/** A long past for the conversation with Mara. */
function filler(howMany: number): Message[] {
  const pattern = data.messages.find(({ conversation }) => conversation === data.conversationWith('Mara'))
  if (pattern?.passage === undefined) return []
  const { passage, ...plain } = pattern
  return Array.from({ length: howMany }, (_, index) => {
    const isMine = index % 7 < 3
    const author = isMine ? data.SELF : pattern.author
    return {
      ...plain,
      id: fillerId(index),
      arrival: index === LATE ? 1e6 + 1 : index + 1,
      isLate: index === LATE,
      author,
      isMine,
      order: { lamport: index - howMany, author, instance: '0'.repeat(32), seq: index + 1 },
      writtenAt: pattern.writtenAt - (howMany - index) * 240_000,
      arrivedAt: pattern.writtenAt - (index === LATE ? 0 : (howMany - index) * 240_000),
      body: { kind: 'text', text: `Line ${index}: ${'the printer, the paper and the toner '.repeat((index % 5) + 1)}` },
      ...(isMine
        ? { delivery: 'read' as const, receipt: { ...passage, sentAt: 0, waitedMs: 1, acknowledgedMs: 2 } }
        : { passage }),
    }
  })
}

const HOSTILE = [
  '<b>bold</b> <img src=x onerror=alert(1)> &amp; <script>alert(1)</script>',
  `one word: ${'x'.repeat(2_000)}`,
  'before \u202eright to left\u202c and \u2067isolated',
  'zero\u200bwidth\u200d\ufeff \u0000 and a https://exam\u202eple.org address',
  `${'Z\u0301\u0302\u0303\u0304\u0305'.repeat(3)}a${'\u0300\u0301\u0302\u0303\u0304\u0305\u0306'.repeat(40)}lgo`,
  'شالوم שלום مرحبا 123 (abc)',
  '﷽'.repeat(20),
  'https://bank.example@evil.example/ and https://пример.example and http://example.org/a',
] as const

/** Texts that have broken other programs. */
function hostile(): Message[] {
  const pattern = data.messages.find(({ conversation }) => conversation === data.conversationWith('Mara'))
  if (pattern === undefined) return []
  return HOSTILE.map((text, index) => ({
    ...pattern,
    id: (2_000_000 + index).toString(16).padStart(64, '0'),
    arrival: 2_000_000 + index,
    order: { ...pattern.order, lamport: 2_000_000 + index },
    body: { kind: 'text', text },
  }))
}

declare global {
  interface Window {
    scene?: Scene
  }
}

if (window.scene?.hasNoKey !== true)
  Object.defineProperty(window, 'sightline', { value: fakeBridge(window.scene ?? {}) })
