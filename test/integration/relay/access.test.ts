import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { eventually } from '../../support/eventually.ts'
import { startClient } from '../../support/libp2p-client.ts'
import { type RelayProcess, startRelay } from '../../support/relay-process.ts'

const LIMIT = { timeout: 30_000 }

const placeOn = (relay: RelayProcess) => [`${relay.addresses[0]}/p2p-circuit`]
const holders = async (relay: RelayProcess) => (await relay.status()).reservations.map(({ peer }) => peer)

/** Runs `use` with a relay and ends it; clients end with the relay's connections. */
async function withRelay(args: readonly string[], use: (relay: RelayProcess) => Promise<void>) {
  const relay = await startRelay({ args })
  try {
    await use(relay)
  } finally {
    assert.equal(await relay.stop(), 0)
  }
}

test('a full relay refuses the next one, counts it, and keeps those it has', LIMIT, () =>
  withRelay(['--max-reservations', '1'], async (relay) => {
    const first = await startClient(placeOn(relay))
    const second = await startClient(placeOn(relay))
    try {
      await eventually(async () => ((await relay.status()).refused['reservation:full'] ?? 0) >= 1, {
        what: 'a refusal',
      })
      assert.deepEqual(await holders(relay), [first.peerId.toString()])
      await eventually(() => relay.events.find(({ event, cause }) => event === 'refused' && cause === 'full'), {
        what: 'the refusal on a line',
      })
      assert.equal(second.getMultiaddrs().length, 0)
    } finally {
      await Promise.all([first.stop(), second.stop()])
    }
  }),
)

test('one address cannot take all places', LIMIT, () =>
  withRelay(['--max-per-address', '2'], async (relay) => {
    const clients = []
    try {
      for (let count = 0; count < 3; count += 1) clients.push(await startClient(placeOn(relay)))
      await eventually(async () => (await relay.status()).refused['reservation:too-many-from-address'] === 1, {
        what: 'a refusal',
      })
      assert.equal((await holders(relay)).length, 2)
    } finally {
      await Promise.all(clients.map((client) => client.stop()))
    }
  }),
)

test(
  'a relay for members gives places to members only, reads its list again on SIGHUP, and lets everybody reach a member',
  LIMIT,
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sightline-members-'))
    const file = join(directory, 'members')
    const keys = await Promise.all([generateKeyPair('Ed25519'), generateKeyPair('Ed25519')])
    const [memberKey, otherKey] = keys
    const [member, other] = keys.map((key) => peerIdFromPrivateKey(key).toString())
    try {
      await writeFile(file, `# friends\n${member}  # Anna\n`)
      await withRelay(['--access', 'members', '--members', file], async (relay) => {
        const anna = await startClient(placeOn(relay), { privateKey: memberKey })
        const olaf = await startClient(placeOn(relay), { privateKey: otherKey })
        try {
          await eventually(async () => ((await relay.status()).refused['reservation:not-member'] ?? 0) >= 1, {
            what: 'a refusal',
          })
          assert.deepEqual(await holders(relay), [member])
          const connection = await olaf.dial(multiaddr(`${relay.addresses[0]}/p2p-circuit/p2p/${anna.peerId}`))
          assert.equal(connection.remotePeer.toString(), member)

          await writeFile(file, `${member}\n${other}\n`)
          process.kill(relay.pid, 'SIGHUP')
          await eventually(
            () => relay.events.find(({ event, members }) => event === 'members-reloaded' && members === 2),
            {
              what: 'the new list',
            },
          )
          await olaf.stop()
          const again = await startClient(placeOn(relay), { privateKey: otherKey })
          await eventually(async () => (await holders(relay)).length === 2, { what: 'the new member’s place' })
          await again.stop()

          await writeFile(file, 'not a peer id\n')
          process.kill(relay.pid, 'SIGHUP')
          await eventually(() => relay.events.find(({ event }) => event === 'warned'), { what: 'a warning' })
          assert.deepEqual(await holders(relay), [member])
        } finally {
          await Promise.all([anna.stop(), olaf.stop()])
        }
      })
    } finally {
      await rm(directory, { recursive: true })
    }
  },
)

test('a circuit ends at its stated limit, and the next one has a fresh allowance', LIMIT, () =>
  withRelay(['--circuit-mib', '1'], async (relay) => {
    const bob = await startClient(placeOn(relay))
    const alice = await startClient()
    try {
      await bob.handle('/test/drain/1', (stream) => stream.addEventListener('message', () => undefined), {
        runOnLimitedConnection: true,
      })
      await eventually(async () => (await holders(relay)).length === 1, { what: 'the place' })
      const address = multiaddr(`${relay.addresses[0]}/p2p-circuit/p2p/${bob.peerId}`)
      for (const _ of [1, 2]) {
        const connection = await alice.dial(address)
        assert.equal(connection.direct, false)
        assert.ok(Number(connection.limits?.bytes) > 900_000, `${connection.limits?.bytes} bytes`)
        const stream = await connection.newStream('/test/drain/1', { runOnLimitedConnection: true })
        await eventually(
          () => {
            if (stream.status !== 'open') return true
            if (!stream.writableNeedsDrain) stream.send(new Uint8Array(16_384))
            return false
          },
          { everyMs: 1, what: 'the relay to end the circuit' },
        )
        await eventually(async () => (await relay.status()).circuitsOpen === 0, { what: 'the circuit to end' })
      }
      const { relayedBytes } = await relay.status()
      assert.ok(relayedBytes > 2 * 1024 * 1024 && relayedBytes < 5 * 1024 * 1024, `${relayedBytes} bytes`)
    } finally {
      await Promise.all([alice.stop(), bob.stop()])
    }
  }),
)
