import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { NetworkError } from '../../../electron/network/failure.ts'
import { createReportExchange, type OwnReport } from '../../../electron/network/nat/report-exchange.ts'
import { decodeReport, encodeReport, REPORT_MAX_BYTES } from '../../../electron/network/nat/report-frame.ts'
import type { FrameStream } from '../../../electron/network/network.ts'
import { NAT_PROTOCOL } from '../../../electron/network/protocols.ts'
import type { StreamHandler } from '../../../electron/network/streams/streams.ts'
import { FRAME_MAX_BYTES } from '../../../shared/domain/limits.ts'
import { NO_PATH, type Path } from '../../../shared/domain/line.ts'
import { eventually } from '../../support/eventually.ts'
import { createFakeStreamPair } from '../../support/fake-stream.ts'

const DIRECT: Path = { line: { kind: 'direct' } }
const HARD: OwnReport = { mapping: 'endpoint-dependent', isReachable: false }

/** One side of an exchange; `doors` leads to everybody's handler. */
function side(t: TestContext, self: string, doors: Map<string, StreamHandler>, now = () => 1_000) {
  const state = {
    own: { mapping: 'unknown', isReachable: false } as OwnReport,
    mayExchange: true,
    opened: 0,
    running: 0,
    mostRunning: 0,
    changes: [] as string[],
    logged: [] as string[],
    refusal: undefined as Error | undefined,
  }
  let onPath: (peer: string, path: Path) => void = () => {}
  const exchange = createReportExchange({
    streams: {
      handle: async (protocol, callers, handler) => {
        assert.deepEqual([protocol, callers], [NAT_PROTOCOL, 'contacts'])
        doors.set(self, handler)
      },
      open: async (peer) => {
        state.opened += 1
        if (state.refusal !== undefined) throw state.refusal
        const [near, far] = pair(self, peer)
        state.running += 1
        state.mostRunning = Math.max(state.mostRunning, state.running)
        near.ended.addEventListener('abort', () => {
          state.running -= 1
        })
        void doors.get(peer)?.(far)
        return near
      },
    },
    own: () => state.own,
    onPath: (listener) => {
      onPath = listener
      return () => {}
    },
    mayExchange: () => state.mayExchange,
    onChange: (peer) => state.changes.push(peer),
    log: (event) => state.logged.push(event),
    onError: (error) => assert.fail(String(error)),
    now,
  })
  t.after(() => exchange.stop())
  return {
    exchange,
    state,
    meets: (peer: string) => onPath(peer, DIRECT),
    loses: (peer: string) => onPath(peer, NO_PATH),
  }
}

const pair = (opener: string, acceptor: string) =>
  createFakeStreamPair({ opener, acceptor, path: () => DIRECT, latencyMs: () => 1, maxFrameBytes: FRAME_MAX_BYTES })

/** Somebody says these frames to `acceptor` on a stream of his own. */
async function says(
  doors: Map<string, StreamHandler>,
  from: string,
  acceptor: string,
  ...frames: Uint8Array[]
): Promise<FrameStream> {
  const [near, far] = pair(from, acceptor)
  void doors.get(acceptor)?.(far)
  try {
    for (const frame of frames) await near.send(frame)
    await near.close()
  } catch {
    // It was reset, which is for the test to find out.
  }
  return near
}

test('two contacts know of each other as soon as they are connected, and hear of each change', async (t) => {
  const doors = new Map<string, StreamHandler>()
  const [ada, ben] = [side(t, 'ada', doors), side(t, 'ben', doors)]
  ada.state.own = HARD
  ada.exchange.announce()
  ada.meets('ben')
  ben.meets('ada')
  await eventually(
    () => ben.exchange.of('ada')?.mapping === 'endpoint-dependent' && ada.exchange.of('ben') !== undefined,
  )
  assert.deepEqual(ben.exchange.of('ada'), HARD)

  ada.state.own = { mapping: 'endpoint-independent', isReachable: true }
  ada.exchange.announce()
  await eventually(() => ben.exchange.of('ada')?.isReachable === true)
  assert.deepEqual(ben.state.changes, ['ada', 'ada'])
  await eventually(() => ada.state.running === 0)
  const { opened } = ada.state
  ada.exchange.announce()
  ada.meets('ben')
  assert.equal(ada.state.opened, opened, 'what was heard is not said again')
})

test('what changes while a report is on its way is told after it, one stream at a time', async (t) => {
  const doors = new Map<string, StreamHandler>()
  const [ada, ben] = [side(t, 'ada', doors), side(t, 'ben', doors)]
  ada.meets('ben')
  for (const mapping of ['endpoint-dependent', 'unknown', 'endpoint-independent'] as const) {
    ada.state.own = { mapping, isReachable: false }
    ada.exchange.announce()
  }
  await eventually(() => ben.exchange.of('ada')?.mapping === 'endpoint-independent')
  assert.equal(ada.state.mostRunning, 1)
  assert.equal(ada.state.opened, 2)
})

test('a report lives as long as the connection, and a restart with an earlier number is heard', async (t) => {
  const doors = new Map<string, StreamHandler>()
  const ben = side(t, 'ben', doors)
  ben.meets('ada')
  await says(doors, 'ada', 'ben', encodeReport({ report: HARD, number: 9 }))
  await eventually(() => ben.exchange.of('ada') !== undefined)
  ben.loses('ada')
  assert.equal(ben.exchange.of('ada'), undefined)
  assert.deepEqual(ben.state.changes, ['ada', 'ada'])
  ben.meets('ada')
  await says(doors, 'ada', 'ben', encodeReport({ report: HARD, number: 3 }))
  await eventually(() => ben.exchange.of('ada') !== undefined)
})

test('an older report that arrives late changes nothing', async (t) => {
  const doors = new Map<string, StreamHandler>()
  const ben = side(t, 'ben', doors)
  await says(doors, 'ada', 'ben', encodeReport({ report: HARD, number: 9 }))
  await eventually(() => ben.exchange.of('ada') !== undefined)
  const late = await says(
    doors,
    'ada',
    'ben',
    encodeReport({ report: { mapping: 'unknown', isReachable: true }, number: 8 }),
  )
  await eventually(() => late.ended.aborted)
  assert.deepEqual(ben.exchange.of('ada'), HARD)
})

test('nothing is told to somebody with whom a direct connection is not allowed, until it is', async (t) => {
  const doors = new Map<string, StreamHandler>()
  const [ada, ben] = [side(t, 'ada', doors), side(t, 'ben', doors)]
  ada.state.mayExchange = false
  ada.meets('ben')
  ada.exchange.announce()
  assert.equal(ada.state.opened, 0)
  ada.state.mayExchange = true
  ada.meets('ben')
  await eventually(() => ben.exchange.of('ada') !== undefined)
})

test('a program that does not speak this is asked once, and stays unknown', async (t) => {
  const ada = side(t, 'ada', new Map())
  ada.state.refusal = new NetworkError('unreachable', { why: 'UnsupportedProtocolError' })
  ada.meets('old')
  await eventually(() => ada.state.logged.length === 1)
  ada.meets('old')
  ada.state.own = HARD
  ada.exchange.announce()
  assert.equal(ada.state.opened, 1)
  assert.equal(ada.exchange.of('old'), undefined)
  // Another connection may lead to a newer program.
  ada.loses('old')
  ada.meets('old')
  assert.equal(ada.state.opened, 2)
})

test('a report that was reset instead of read is told again', async (t) => {
  const doors = new Map<string, StreamHandler>()
  const ada = side(t, 'ada', doors)
  doors.set('ben', (stream) => stream.abort(new Error('not open to this peer')))
  ada.meets('ben')
  await eventually(() => ada.state.logged.includes('nat.report-not-told'))
  const ben = side(t, 'ben', doors)
  await eventually(() => ben.exchange.of('ada') !== undefined, { withinMs: 3_000 })
})

test('whoever reads nothing holds a stream for five seconds at most', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const doors = new Map<string, StreamHandler>()
  const ada = side(t, 'ada', doors)
  let held: FrameStream | undefined
  doors.set('ben', (stream) => {
    held = stream
  })
  ada.meets('ben')
  await new Promise(setImmediate)
  assert.equal(held?.ended.aborted, false)
  t.mock.timers.tick(5_001)
  await new Promise(setImmediate)
  assert.equal(held?.ended.aborted, true)
})

test('garbage is named and ignored, whatever it is', async (t) => {
  const doors = new Map<string, StreamHandler>()
  const ben = side(t, 'ben', doors)
  for (const frame of [Uint8Array.of(), Uint8Array.of(255, 255), new Uint8Array(REPORT_MAX_BYTES + 1)])
    await says(doors, 'ada', 'ben', frame)
  await eventually(() => ben.state.logged.filter((event) => event === 'nat.report-senseless').length === 3)
  assert.equal(ben.exchange.of('ada'), undefined)
})

test('a flood of reports is cut off, and others are heard meanwhile', async (t) => {
  const doors = new Map<string, StreamHandler>()
  const ben = side(t, 'ben', doors)
  const flood = await Promise.all(
    Array.from({ length: 100 }, (_, number) =>
      says(
        doors,
        'mallory',
        'ben',
        encodeReport({ report: { mapping: 'unknown', isReachable: number % 2 === 0 }, number: number + 1 }),
      ),
    ),
  )
  await eventually(() => flood.every(({ ended }) => ended.aborted))
  assert.ok(ben.state.changes.length <= 8, `${ben.state.changes.length} changes`)
  await says(doors, 'ada', 'ben', encodeReport({ report: HARD, number: 1 }))
  await eventually(() => ben.exchange.of('ada') !== undefined)
})

test('after stop nothing is told and nothing is heard', async (t) => {
  const doors = new Map<string, StreamHandler>()
  const ada = side(t, 'ada', doors)
  ada.exchange.stop()
  ada.meets('ben')
  assert.equal(ada.state.opened, 0)
  const stream = await says(doors, 'ben', 'ada', encodeReport({ report: HARD, number: 1 }))
  await eventually(() => stream.ended.aborted)
  assert.equal(ada.exchange.of('ben'), undefined)
})

test('a report is at most 64 bytes, and comes back as it was', () => {
  for (const mapping of ['unknown', 'endpoint-independent', 'endpoint-dependent'] as const)
    for (const isReachable of [true, false]) {
      const report = { report: { mapping, isReachable }, number: Date.now() }
      const frame = encodeReport(report)
      assert.ok(frame.byteLength <= REPORT_MAX_BYTES)
      assert.deepEqual(decodeReport(frame), report)
    }
})

test('no frame makes the reader throw, and a newer program’s word for a router is simply not known', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => void decodeReport(bytes)))
  // mapping: 9, number: 1
  assert.deepEqual(decodeReport(Uint8Array.of(0x08, 9, 0x18, 1)), {
    report: { mapping: 'unknown', isReachable: false },
    number: 1,
  })
})
