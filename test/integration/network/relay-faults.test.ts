import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { noise } from '@chainsafe/libp2p-noise'
import { identify } from '@libp2p/identify'
import type { Stream } from '@libp2p/interface'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { createLibp2p } from 'libp2p'
import { muxer } from '../../../electron/network/parts/muxer.ts'
import { LIBP2P_PROTOCOLS } from '../../../electron/network/protocols.ts'
import { encodeFrame } from '../../../electron/network/streams/frames.ts'
import { eventually } from '../../support/eventually.ts'
import { hasPlace, startPerson } from './people.ts'
import { startPlainRelay } from './plain-relay.ts'

/** A program that says it is a relay and does this when somebody asks it for a place. */
async function startFalseRelay(t: TestContext, behave: ((stream: Stream) => void) | undefined) {
  const node = await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [muxer()],
    services: { identify: identify(), ping: ping() },
  })
  t.after(() => node.stop())
  let asked = 0
  if (behave !== undefined)
    await node.handle(LIBP2P_PROTOCOLS.hop, (stream) => {
      asked += 1
      stream.addEventListener('message', () => behave(stream), { once: true })
    })
  const address = node.getMultiaddrs()[0]?.toString() ?? ''
  const known = { id: node.peerId.toString(), addresses: [address], source: 'entered' as const }
  return { known, asked: () => asked }
}

// type: STATUS, status: PERMISSION_DENIED
const DENIED = Uint8Array.of(0x08, 2, 0x28, 0xca, 0x01)

const faults: readonly [
  what: string,
  behave: ((stream: Stream) => void) | undefined,
  state: 'refused' | 'unreachable',
  reason: string,
][] = [
  ['refuses', (stream) => stream.send(encodeFrame(DENIED)), 'refused', 'refused'],
  ['is no relay at all', undefined, 'refused', 'not-supported'],
  ['resets', (stream) => stream.abort(new Error('enough')), 'unreachable', 'cut-off'],
  ['says goodbye instead of an answer', (stream) => void stream.close(), 'unreachable', 'cut-off'],
  ['never answers', () => {}, 'unreachable', 'no-answer'],
  [
    'announces more than anybody may say',
    (stream) => stream.send(Uint8Array.of(255, 255, 255, 255)),
    'unreachable',
    'bad-answer',
  ],
  [
    'answers in no language',
    (stream) => stream.send(encodeFrame(Uint8Array.of(0x0b, 0xff))),
    'unreachable',
    'bad-answer',
  ],
  [
    'stops in the middle of its answer',
    (stream) => {
      stream.send(encodeFrame(DENIED).subarray(0, 3))
      void stream.close()
    },
    'unreachable',
    'bad-answer',
  ],
]
for (const [what, behave, state, reason] of faults)
  test(`a relay that ${what} is named so in the journal, asked no more than twice in that time, and keeps nothing from another`, async (t) => {
    const [broken, whole] = await Promise.all([startFalseRelay(t, behave), startPlainRelay()])
    t.after(() => whole.stop())
    const a = await startPerson(t, { relays: [broken.known, whole.known] })
    await eventually(() => hasPlace(a))
    const attempt = await eventually(
      () =>
        [...a.network.attempts.rows()]
          .map(([, one]) => one)
          .find(
            ({ mechanism, peer, endedAt }) =>
              mechanism === 'relay-place' && peer === broken.known.id && endedAt !== undefined,
          ),
      { withinMs: 15_000, what: 'the end of the attempt' },
    )
    assert.equal(attempt.outcome.state === 'failed' && attempt.outcome.reason, reason, JSON.stringify(attempt))
    const row = new Map(a.network.relays.rows()).get(broken.known.id)
    assert.equal(row?.state, state)
    assert.ok((row?.retryAt ?? 0) > 0 || row?.reason !== undefined)
    assert.ok(broken.asked() <= 2)
    assert.ok(hasPlace(a))
  })

test('a place that was granted stands in the journal with its steps', async (t) => {
  const relay = await startPlainRelay()
  t.after(() => relay.stop())
  const a = await startPerson(t, { relays: [relay.known] })
  await eventually(() => hasPlace(a))
  const [, attempt] = [...a.network.attempts.rows()].find(([, one]) => one.mechanism === 'relay-place') ?? []
  assert.deepEqual(
    attempt?.stages.map(({ what, detail }) => [what, detail]),
    [
      ['connected', relay.address.split('/p2p/')[0]],
      ['place-asked', undefined],
      ['answered', 'OK'],
    ],
  )
  assert.equal(attempt?.outcome.state, 'succeeded')
})

test('a relay that some contact knows alone keeps its place beside two others, and gives it up when it is not needed any more', async (t) => {
  const relays = await Promise.all([1, 2, 3].map(() => startPlainRelay()))
  for (const relay of relays) t.after(() => relay.stop())
  const known = relays.map((relay) => relay.known)
  const a = await startPerson(t, { relays: known })
  await eventually(() => hasPlace(a, 2))
  const spare = [...a.network.relays.rows()].find(([, { state }]) => state !== 'reserved')?.[0]
  const needing = known.map((relay) => (relay.id === spare ? { ...relay, isNeeded: true } : relay))
  a.network.setRelays(needing)
  await eventually(() => hasPlace(a, 3), { what: 'the third place' })
  assert.equal(a.network.ownAddresses().relayed.filter((address) => address.includes(spare ?? '')).length, 1)
  a.network.setRelays(known)
  await eventually(() => a.network.report().reservations === 2, { what: 'two places again' })
})
