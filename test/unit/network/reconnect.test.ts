import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Connection } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { createSupervisor, type SupervisorOptions } from '../../../electron/network/connections/reconnect.ts'
import { NetworkError } from '../../../electron/network/failure.ts'
import { createPeerTable } from '../../../electron/network/lines/peers.ts'
import type { WantedPeer } from '../../../electron/network/network.ts'
import { NO_PATH, type Path } from '../../../shared/domain/line.ts'

const SELF = '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN'
const BEA = '12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp'
/** Her id is the smaller one. */
const ANN = BEA.replace('WE', 'WB')
const RELAYED: Path = { line: { kind: 'relayed', relay: 'relay' } }

/** Lets everything run that waits for nothing but its turn. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A supervisor over a table that says what it is told to. */
function scene(context: TestContext, given: Partial<Pick<SupervisorOptions, 'reach' | 'traversal'>>) {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  context.mock.method(Math, 'random', () => 0)
  const lines = new Map<string, { readonly path: Path; readonly connections: readonly Connection[] }>()
  let tell: (peer: string, path: Path) => void = () => {}
  const table = {
    path: (peer: string) => lines.get(peer)?.path ?? NO_PATH,
    connections: (peer: string) => [...(lines.get(peer)?.connections ?? [])],
    hasDirect: () => false,
    onPath: (listener: typeof tell) => {
      tell = listener
      return () => {}
    },
    review: () => {},
    isRunningOut: () => false,
    ask: async () => 5,
  } as unknown as SupervisorOptions['table']
  const supervisor = createSupervisor({
    ...{ self: SELF, table, log: () => {} },
    components: { peerStore: { merge: async () => undefined } } as unknown as SupervisorOptions['components'],
    reach: { addressesOf: (_, addresses) => addresses, connect: () => Promise.reject(new NetworkError('unreachable')) },
    traversal: { canTry: () => false, run: () => assert.fail('not to be run'), review: () => {} },
    ...given,
  })
  context.after(() => supervisor.stop())
  return {
    supervisor,
    /** The line to this peer is another one now. */
    become(peer: string, path: Path, connections: readonly Connection[]) {
      lines.set(peer, { path, connections })
      tell(peer, path)
    },
    /** The same, before anybody answered on it: nothing is told. */
    open: (peer: string, connections: readonly Connection[]) => lines.set(peer, { path: NO_PATH, connections }),
    async pass(ms: number) {
      context.mock.timers.tick(ms)
      await settled()
    },
  }
}

const wanted = (id: string): WantedPeer => ({ id, addresses: ['/ip4/80.1.1.1/tcp/4001'], purpose: 'contact' })

const fakeConnection = (values: Partial<Connection>) => ({ status: 'open', ...values }) as unknown as Connection

test('somebody who lets us in and shows us out again is dialled again, with growing pauses', async (context) => {
  let dials = 0
  const { supervisor, become, open, pass } = scene(context, {
    reach: {
      addressesOf: (_, addresses) => addresses,
      connect: async (peer) => {
        dials += 1
        const connection = fakeConnection({ direct: true, direction: 'outbound' })
        open(peer, [connection])
        return connection
      },
    },
  })
  supervisor.set([wanted(BEA)])
  await pass(0)
  assert.equal(dials, 1)
  for (const pauseMs of [1_000, 1_800, 3_240]) {
    become(BEA, NO_PATH, [])
    const before: number = dials
    await pass(pauseMs - 1)
    assert.equal(dials, before)
    await pass(1)
    assert.equal(dials, before + 1)
  }
})

test('our own line that opens does not call off the dial it came from; one of theirs does', async (context) => {
  const signals: AbortSignal[] = []
  const { supervisor, become, pass } = scene(context, {
    reach: {
      addressesOf: (_, addresses) => addresses,
      connect: (_peer, _addresses, { signal }) => {
        signals.push(signal)
        return new Promise<never>(() => {})
      },
    },
  })
  supervisor.set([wanted(ANN)])
  await pass(0)
  become(ANN, RELAYED, [fakeConnection({ direct: false, direction: 'outbound' })])
  assert.equal(signals[0]?.aborted, false)
  become(ANN, RELAYED, [fakeConnection({ direct: false, direction: 'inbound' })])
  assert.equal(signals[0]?.aborted, true)
})

test('punches in vain keep nobody from being dialled', async (context) => {
  const dialled: string[] = []
  const { supervisor, become, pass } = scene(context, {
    reach: {
      addressesOf: (_, addresses) => addresses,
      connect: (peer) => {
        dialled.push(peer)
        return Promise.reject(new NetworkError('unreachable'))
      },
    },
    traversal: { canTry: () => true, run: () => new Promise<never>(() => {}), review: () => {} },
  })
  const others = Array.from({ length: 12 }, (_, at) => `${BEA.slice(0, -1)}${'ABCDEFGHJKLM'[at]}`)
  supervisor.set(others.map(wanted))
  for (const id of others) become(id, RELAYED, [fakeConnection({ direct: false, direction: 'inbound' })])
  await pass(0)
  supervisor.set([...others, BEA].map(wanted))
  await pass(0)
  assert.deepEqual(dialled, [BEA])
})

test('who was away and is back is tried at once, however long it was in vain before', async (context) => {
  let cycles = 0
  const { supervisor, become, pass } = scene(context, {
    traversal: {
      canTry: () => true,
      run: () => {
        cycles += 1
        return Promise.reject(new NetworkError('unreachable'))
      },
      review: () => {},
    },
  })
  const relayed = [fakeConnection({ direct: false, direction: 'inbound' })]
  supervisor.set([wanted(BEA)])
  become(BEA, RELAYED, relayed)
  for (let failures = 0; failures < 12; failures++) await pass(600_000)
  assert.equal(cycles, 12)
  become(BEA, NO_PATH, [])
  become(BEA, RELAYED, relayed)
  await pass(0)
  assert.equal(cycles, 13)
})

test('the end of a connection that never answered is told', async (context) => {
  const connections: Connection[] = []
  const node = Object.assign(new EventTarget(), {
    getConnections: () => connections,
    getPeers: () => [],
  })
  const facts = {
    ...{ purposeOf: () => 'contact', nameOf: () => undefined, because: () => undefined, subnets: () => [] },
    ...{ isUpgrading: () => false, isFirstAttempt: () => false, isRunningOut: () => false, allowanceOf: () => ({}) },
  }
  const table = createPeerTable(
    ...([node, facts, (error: unknown) => assert.fail(String(error))] as unknown as Parameters<typeof createPeerTable>),
  )
  context.after(() => table.stop())
  const heard: string[] = []
  table.onPath((peer, { line }) => heard.push(`${peer} ${line.kind}`))
  const connection = fakeConnection({
    ...{ id: '1', direct: true, streams: [], timeline: { open: 0 } },
    ...{ remotePeer: peerIdFromString(BEA), remoteAddr: multiaddr('/ip4/80.1.1.1/tcp/4001') },
    newStream: () => Promise.reject(new Error('reset')),
  })
  connections.push(connection)
  node.dispatchEvent(new CustomEvent('connection:open', { detail: connection }))
  await settled()
  assert.deepEqual(heard, [])
  connections.pop()
  node.dispatchEvent(new CustomEvent('connection:close', { detail: connection }))
  await settled()
  assert.deepEqual(heard, [`${BEA} none`])
})
