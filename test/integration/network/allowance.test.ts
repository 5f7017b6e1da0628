import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { FrameStream } from '../../../electron/network/network.ts'
import { eventually } from '../../support/eventually.ts'
import { hasPlace, introduce, lineOf, type Person, startPerson, wants } from './people.ts'
import { type PlainRelayOptions, startPlainRelay } from './plain-relay.ts'

const PROTOCOL = '/test/conversation/1'

/** Two contacts who can reach each other over a relay of this contract alone. */
async function behind(t: TestContext, contract: PlainRelayOptions) {
  const relay = await startPlainRelay(contract)
  t.after(() => relay.stop())
  const [a, b] = await Promise.all([
    startPerson(t, { relays: [relay.known] }),
    startPerson(t, { relays: [relay.known] }),
  ])
  await eventually(() => hasPlace(a) && hasPlace(b))
  return { relay, a, b }
}

/** Whoever is called writes down what is said to him, and every stream that was cut instead of closed. */
async function listens(person: Person) {
  const heard: number[] = []
  const cuts: string[] = []
  await person.network.handle(PROTOCOL, 'contacts', async (stream) => {
    try {
      for await (const frame of stream) heard.push(new DataView(frame.buffer, frame.byteOffset).getUint32(0))
      await stream.close()
    } catch (error) {
      cuts.push(String(error))
    }
  })
  return { heard, cuts }
}

/** Talks on one stream, and on another one as soon as the line under it is about to be cut: as messaging does. */
async function talks(from: Person, to: Person, frames: number, bytes: number, everyMs: number): Promise<number> {
  const open = () => from.network.open(to.id, PROTOCOL, { signal: AbortSignal.timeout(5_000) })
  let stream: FrameStream = await open()
  let moves = 0
  for (let number = 0; number < frames; number++) {
    if (stream.path().isRunningOut === true && from.network.path(to.id).isRunningOut !== true) {
      const old = stream
      await old.close()
      stream = await open()
      moves += 1
    }
    const frame = new Uint8Array(bytes)
    new DataView(frame.buffer).setUint32(0, number)
    await stream.send(frame)
    await pause(everyMs)
  }
  await stream.close()
  return moves
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
const rowOf = (from: Person, to: Person) => new Map(from.network.peers.rows()).get(to.id)

test('a conversation leaves a circuit before its bytes are used up: nothing is cut, lost or out of order', async (t) => {
  const { a, b } = await behind(t, { limitBytes: 600_000n })
  const { heard, cuts } = await listens(b)
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'relayed')
  const before = await eventually(() => rowOf(a, b)?.bytesLeft)
  assert.ok(before > 500_000 && before <= 600_000, `${before} bytes left`)
  // 1.2 MB: twice what one circuit carries.
  const moves = await talks(a, b, 300, 4_000, 25)
  await eventually(() => heard.length === 300)
  assert.deepEqual(heard, numbers(300))
  assert.deepEqual(cuts, [])
  assert.ok(moves >= 2, `${moves} moves`)
})

test('the same for its time, and the inspector counts the seconds down', async (t) => {
  const { a, b } = await behind(t, { limitMs: 8_000 })
  const { heard, cuts } = await listens(b)
  a.contacts.add(b.id)
  b.contacts.add(a.id)
  // One side only dials: the other one lets it renew the circuit.
  a.network.setWanted([wants(b)])
  await eventually(() => lineOf(a, b) === 'relayed')
  assert.ok(await eventually(() => (rowOf(a, b)?.secondsLeft ?? 99) <= 8))
  const moves = await talks(a, b, 200, 100, 50)
  await eventually(() => heard.length === 200)
  assert.deepEqual(heard, numbers(200))
  assert.deepEqual(cuts, [])
  assert.ok(moves >= 1, `${moves} moves`)
})
