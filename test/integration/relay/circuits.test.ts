import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import type { Connection, Stream } from '@libp2p/interface'
import { tcp } from '@libp2p/tcp'
import { multiaddr } from '@multiformats/multiaddr'
import { eventually } from '../../support/eventually.ts'
import { startClient } from '../../support/libp2p-client.ts'
import { acceptRawCircuit, openRawCircuit } from '../../support/raw-circuit.ts'
import { portsOf, type RelayProcess, startRelay } from '../../support/relay-process.ts'

const PROTOCOL = '/test/bytes/1'
type Client = Awaited<ReturnType<typeof startClient>>

const throughRelay = (relayAddress: string, to: Client) => multiaddr(`${relayAddress}/p2p-circuit/p2p/${to.peerId}`)

async function holdsPlace(relay: RelayProcess, client: Client) {
  await eventually(
    async () => (await relay.status()).reservations.some(({ peer }) => peer === client.peerId.toString()),
    { what: 'the reservation' },
  )
}

/** Reads all bytes of a stream until the other side has said that it was the last. */
async function readAll(stream: Stream): Promise<number> {
  let total = 0
  for await (const chunk of stream) total += chunk.byteLength
  return total
}

async function sendAll(stream: Stream, bytes: Uint8Array) {
  for (let at = 0; at < bytes.byteLength; at += 16_384) {
    if (!stream.send(bytes.subarray(at, at + 16_384))) await stream.onDrain()
  }
  await stream.close()
}

describe('a circuit between two plain libp2p clients', { timeout: 30_000 }, () => {
  let relay: RelayProcess
  let bob: Client
  let alice: Client
  let received: Promise<number>[] = []

  before(async () => {
    relay = await startRelay()
    alice = await startClient()
    bob = await startClient([`${relay.addresses[0]}/p2p-circuit`])
    await bob.handle(PROTOCOL, (stream) => void received.push(readAll(stream)), { runOnLimitedConnection: true })
    await holdsPlace(relay, bob)
  })
  after(async () => {
    await Promise.all([alice?.stop(), bob?.stop()])
    await relay?.stop()
  })

  const send = async (kilobytes: number, over: (address: string) => boolean) => {
    received = []
    const address = relay.addresses.find(over) ?? assert.fail('no such address')
    const connection = await alice.dial(throughRelay(address, bob))
    const stream = await connection.newStream(PROTOCOL, { runOnLimitedConnection: true })
    await sendAll(stream, randomBytes(kilobytes * 1024))
    const bytes = await eventually(() => received[0], { what: 'the stream to arrive' })
    return { connection, bytes }
  }
  const stopUsing = async (connection: Connection) => {
    await connection.close()
    // The next test has to reach the relay over its own transport.
    await Promise.all(alice.getConnections().map((open) => open.close()))
    await eventually(async () => (await relay.status()).circuitsOpen === 0, { what: 'the circuit to end' })
  }

  for (const transport of ['tcp', 'ws', 'quic-v1']) {
    test(`over ${transport}: all bytes arrive, and the relay's counter grows by them and by less than a third more`, async () => {
      const kilobytes = 200
      const before = await relay.status()
      const { connection, bytes } = await send(kilobytes, (address) =>
        transport === 'tcp' ? /\/tcp\/\d+\/p2p/.test(address) : address.includes(`/${transport}/`),
      )
      assert.equal(bytes, kilobytes * 1024)
      const after = await relay.status()
      const grown = after.relayedBytes - before.relayedBytes
      assert.ok(grown >= kilobytes * 1024, `${grown} bytes`)
      assert.ok(grown < kilobytes * 1024 * 1.3, `${grown} bytes`)
      const mine = after.relayedBytesByPeer[alice.peerId.toString()]
      const theirs = after.relayedBytesByPeer[bob.peerId.toString()]
      assert.equal(mine?.sent, theirs?.received)
      assert.equal(mine?.received, theirs?.sent)
      assert.equal((mine?.sent ?? 0) + (mine?.received ?? 0), after.relayedBytes)
      assert.equal(after.circuitsOpen, 1)
      await stopUsing(connection)
    })
  }

  test('nothing is counted for what the relay and a client say to each other', async () => {
    const before = (await relay.status()).relayedBytes
    await alice.services.ping.ping(multiaddr(relay.addresses[0]))
    await alice.services.ping.ping(multiaddr(relay.addresses[0]))
    assert.equal((await relay.status()).relayedBytes, before)
  })

  test('asking for somebody who is not here is refused and counted', async () => {
    const nobody = await startClient()
    await nobody.stop()
    await assert.rejects(alice.dial(throughRelay(relay.addresses[0] ?? '', nobody)))
    assert.equal((await relay.status()).refused['circuit:not-here'], 1)
  })
})

test('a place ends with its owner’s connection, and is there again as soon as the owner is', async () => {
  const relay = await startRelay({ args: ['--max-reservations', '1'] })
  try {
    for (const round of [1, 2]) {
      const client = await startClient([`${relay.addresses[0]}/p2p-circuit`])
      await holdsPlace(relay, client)
      assert.equal((await relay.status()).reservationsTotal, round)
      await client.stop()
      await eventually(async () => (await relay.status()).reservations.length === 0, { what: 'the place to be free' })
    }
    const told = relay.events.map(({ event }) => event)
    assert.deepEqual(told, ['started', 'reserved', 'reservation-ended', 'reserved', 'reservation-ended'])
  } finally {
    await relay.stop()
  }
})

test('a relay that is restarted is the same relay at the same addresses', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sightline-relay-'))
  try {
    const first = await startRelay({ dataDir })
    assert.equal(await first.stop(), 0)
    const second = await startRelay({ dataDir, args: portsOf(first) })
    await second.kill()
    assert.equal(second.id, first.id)
    // QUIC has a port of its own here, because the system chose the first one.
    const stay = (addresses: readonly string[]) => addresses.filter((address) => !address.includes('/quic-v1/'))
    assert.deepEqual(stay(second.addresses), stay(first.addresses))
  } finally {
    await rm(dataDir, { recursive: true })
  }
})

describe('a reader that does not read for a while', { timeout: 30_000 }, () => {
  let relay: RelayProcess
  let alice: Client
  let bob: Client
  let near: Stream
  let far: Stream
  before(async () => {
    relay = await startRelay()
    alice = await startClient()
    // Without the library's own circuits: this client speaks the protocol by hand.
    bob = await startClient([], { transports: [tcp()] })
  })
  after(async () => {
    await Promise.all([alice?.stop(), bob?.stop()])
    await relay?.stop()
  })
  beforeEach(async () => {
    const address = multiaddr(relay.addresses[0])
    const { opened } = await acceptRawCircuit(bob, await bob.dial(address))
    near = await openRawCircuit(await alice.dial(address), bob.peerId)
    far = await opened
  })
  afterEach(() => bob.unhandle('/libp2p/circuit/relay/0.2.0/stop'))

  const flowStopped = async () => {
    let last = -1
    await eventually(
      async () => {
        const now = (await relay.status()).relayedBytes
        const isStill = now === last && now > 0
        last = now
        return isStill
      },
      { everyMs: 300, what: 'the flow to stop' },
    )
    return last
  }

  test('costs the relay a bounded amount of memory, and gets everything when it reads on', async () => {
    const bytes = 24 * 1024 * 1024
    const sent = sendAll(near, randomBytes(bytes))
    const taken = await flowStopped()
    assert.ok(taken < 4 * 1024 * 1024, `the relay read ${taken} bytes that nobody took`)
    const all = readAll(far)
    far.resume()
    await sent
    assert.equal(await all, bytes)
    assert.equal((await relay.status()).relayedBytes, bytes)
  })

  test('gets everything even when the sender has said goodbye meanwhile', async () => {
    const before = (await relay.status()).relayedBytes
    let bytes = 0
    // In small steps until one is left lying: that one waits in the relay's read buffer when the goodbye arrives.
    await eventually(
      async () => {
        const taken = (await relay.status()).relayedBytes - before
        if (taken === bytes) {
          near.send(randomBytes(65_536))
          bytes += 65_536
          return false
        }
        return taken > 1024 * 1024 && near.writeBufferLength === 0
      },
      { everyMs: 40, what: 'the relay to pause' },
    )
    await near.close()
    const all = readAll(far)
    far.resume()
    assert.equal(await all, bytes)
  })
})
