import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { multiaddr } from '@multiformats/multiaddr'
import type { FrameStream } from '../../../electron/network/network.ts'
import { eventually } from '../../support/eventually.ts'
import { startPerson } from './people.ts'
import { startStranger } from './strangers.ts'

const MIB = 1024 * 1024
const FLOOD_BYTES = 4 * MIB
const CHUNK_BYTES = 32 * 1024

/** A stranger with a stream that is full of the smallest frames there are. */
async function flood(t: TestContext, frame: Uint8Array, handler: (stream: FrameStream) => Promise<void>) {
  const a = await startPerson(t, { isRelayOnly: false, trust: { mayArriveDirectly: () => true } })
  const accepted = Promise.withResolvers<FrameStream>()
  await a.network.handle('/test/small/1', 'anyone', async (stream) => {
    accepted.resolve(stream)
    await handler(stream)
  })
  const stranger = await startStranger(t)
  const direct = a.network.ownAddresses().direct.find((address) => /\/tcp\/\d+$/.test(address))
  const connection = await stranger.dial(multiaddr(`${direct ?? assert.fail('no TCP address')}/p2p/${a.id}`))
  const before = usedBytes()
  const stream = await connection.newStream('/test/small/1')
  const chunk = new Uint8Array(CHUNK_BYTES).map((_, at) => frame[at % frame.byteLength] ?? 0)
  let sentBytes = 0
  let isOver = false
  const isOpen = () => !isOver && stream.status === 'open'
  const sending = (async () => {
    while (sentBytes < FLOOD_BYTES && isOpen()) {
      stream.send(chunk)
      sentBytes += chunk.byteLength
      await pause(0)
      while (stream.writableNeedsDrain && isOpen()) await pause(5)
    }
  })()
  t.after(async () => {
    isOver = true
    await sending
  })
  return {
    theirs: stream,
    ours: await accepted.promise,
    sentBytes: () => sentBytes,
    costBytes: () => usedBytes() - before,
  }
}

/** Waits until a number has not changed for half a second. */
async function settled(read: () => number): Promise<number> {
  let last = -1
  await eventually(
    () => {
      const before = last
      last = read()
      return last === before
    },
    { everyMs: 500, withinMs: 30_000 },
  )
  return last
}

function usedBytes(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

for (const [what, frame] of [
  ['empty frames', Uint8Array.of(0)],
  ['frames of one byte', Uint8Array.of(1, 7)],
] as const)
  test(`a stranger who sends ${what} to somebody who does not read is paused, and costs no memory`, async (t) => {
    const { theirs, ours, sentBytes, costBytes } = await flood(t, frame, async () => {})
    const sent = await settled(sentBytes)
    const cost = costBytes()
    t.diagnostic(`${sent} bytes sent, ${cost} bytes of memory`)
    assert.ok(sent < 2 * MIB, `${sent} bytes went into a stream nobody reads`)
    assert.ok(cost < 8 * MIB, `they cost ${cost} bytes of memory`)

    // Reading goes on where it stopped, and lets more come.
    let readBytes = 0
    let wrong = 0
    for await (const one of ours) {
      if (one.byteLength !== frame.byteLength - 1) wrong += 1
      readBytes += frame.byteLength
      if (readBytes > sent) break
    }
    assert.equal(wrong, 0)
    assert.ok(sentBytes() > sent)
    theirs.abort(new Error('enough'))
    ours.abort(new Error('enough'))
  })

test('what comes after our goodbye is let pass and not kept', async (t) => {
  const { theirs, ours, sentBytes, costBytes } = await flood(t, Uint8Array.of(0), (stream) => stream.close())
  await eventually(() => sentBytes() >= FLOOD_BYTES, { withinMs: 20_000 })
  await eventually(() => costBytes() < 8 * MIB, { withinMs: 5_000, everyMs: 200, what: 'the memory to be free again' })
  await theirs.close()
  await eventually(() => ours.ended.aborted, { withinMs: 5_000 })
  let kept = 0
  for await (const _frame of ours) kept += 1
  // At most what came before we closed.
  assert.ok(kept <= 4 * CHUNK_BYTES, `${kept} frames were kept`)
})
