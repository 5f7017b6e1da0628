import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Connection, IdentifyResult, Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { FRAME_MAX_BYTES } from '../../../shared/domain/limits.ts'
import { eventually } from '../../support/eventually.ts'
import { introduce } from '../../support/introduce.ts'
import { startClient } from '../../support/libp2p-client.ts'
import { liveView } from '../../support/live-view.ts'
import { createScene } from './scene.ts'

const CONTACT = '/sightline/contact/1'
const CARD = '/sightline/card/1'
/** Whatever else this program, or libp2p in it, might speak; tried even where identify does not name it. */
const OTHERS = [
  '/sightline/sync/1',
  '/sightline/address/1',
  '/sightline/contact/2',
  '/sightline/kad/1.0.0',
  '/ipfs/kad/1.0.0',
  '/meshsub/1.1.0',
  '/meshsub/1.2.0',
  '/floodsub/1.0.0',
  '/libp2p/dcutr',
  '/libp2p/autonat/2/dial-request',
  '/libp2p/autonat/2/dial-back',
  '/libp2p/circuit/relay/0.2.0/hop',
]

/** Ada's whole messenger on a relay, direct addresses and all, and somebody with plain libp2p who knows her id. */
async function scene(t: TestContext) {
  const around = await createScene(t)
  const ada = await around.start('ada')
  await ada.do('settings.change', { relayOnly: false })
  const self = liveView(ada.bridge, 'self')
  const id = await eventually(() => (self.only?.reachableThrough.length ? self.only.id : undefined))
  const relay = around.relay()
  const stranger = await startClient()
  t.after(() => stranger.stop())
  const identified = new Promise<IdentifyResult>((resolve) => {
    stranger.addEventListener('peer:identify', ({ detail }) => {
      if (detail.peerId.toString() === id) resolve(detail)
    })
  })
  const connection = await stranger.dial(multiaddr(`${relay.addresses[0]}/p2p-circuit/p2p/${id}`))
  return { around, ada, relay, stranger, connection, told: await identified }
}

const open = (connection: Connection, protocol: string): Promise<Stream> =>
  connection.newStream(protocol, { signal: AbortSignal.timeout(3_000), runOnLimitedConnection: true })

test('a stranger over the relay learns circuit addresses only', async (t) => {
  const { ada, relay, told } = await scene(t)
  const network = liveView(ada.bridge, 'network')
  // There is something to give away.
  await eventually(() => network.only?.addresses.some(({ kind }) => kind === 'lan'))
  const addresses = [...told.listenAddrs, ...(told.signedPeerRecord?.addresses ?? [])].map(String)
  assert.ok(addresses.length > 0)
  const circuit = `/p2p/${relay.id}/p2p-circuit`
  for (const address of addresses) assert.ok(address.includes(circuit), `${address} was told to a stranger`)
})

test('a stranger over the relay opens identify, ping and contact, and nothing else; a card only from those who show one', async (t) => {
  const { ada, connection, told } = await scene(t)
  const { protocols } = told
  assert.ok(protocols.includes('/sightline/sync/1') && protocols.includes(CARD))
  const tried = await Promise.all(
    [...new Set([...protocols, ...OTHERS])].map(async (protocol) => ({
      protocol,
      stream: await open(connection, protocol).catch(() => undefined),
    })),
  )
  const opened = () =>
    tried
      .filter(({ stream }) => stream?.status === 'open' || stream?.status === 'closed')
      .map(({ protocol }) => protocol)
      .sort()
  const allowed = ['/ipfs/id/1.0.0', '/ipfs/id/push/1.0.0', '/ipfs/ping/1.0.0', CONTACT].sort()
  await eventually(() => opened().length <= allowed.length, { what: 'everything else to be refused' })
  assert.deepEqual(opened(), allowed)
  for (const { stream } of tried) stream?.abort(new Error('tried'))

  await ada.do('settings.change', { announce: true })
  assert.match((await firstBytes(await open(connection, CARD))).toString(), /ada/)
  await ada.do('settings.change', { isVisible: false })
  const hidden = await open(connection, CARD)
  await eventually(() => hidden.status !== 'open')
  assert.notEqual(hidden.status, 'closed')
})

test('frames that no honest stranger sends end their stream, leave nothing behind, and the next one is served', async (t) => {
  const { around, ada, stranger, connection } = await scene(t)
  const people = liveView(ada.bridge, 'people')
  await eventually(() => people.isThere)
  const frames: readonly (readonly [string, Uint8Array])[] = [
    ['a frame that claims to be longer than the limit', withLength(FRAME_MAX_BYTES + 1, randomBytes(4096))],
    ['a frame as long as the limit, and random', withLength(FRAME_MAX_BYTES, randomBytes(FRAME_MAX_BYTES))],
    ['a truncated frame', withLength(200, randomBytes(20))],
    ['random bytes', randomBytes(300)],
    ['a length that never ends', new Uint8Array(64).fill(0xff)],
    ['an empty frame', Uint8Array.of(0)],
    ['a frame of a later version: fields nobody knows', withLength(3, Uint8Array.of(0xf8, 0x07, 1))],
    ['nothing at all', new Uint8Array(0)],
  ]
  for (const [what, bytes] of frames) {
    const stream = await open(connection, CONTACT)
    if (bytes.byteLength > 0) stream.send(bytes)
    await stream.close({ signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
    await eventually(() => stream.status !== 'open' && stream.status !== 'closing', { what: `the end of ${what}` })
  }
  // A stranger who speaks another version of a protocol is told so by libp2p, and nothing else happens.
  await assert.rejects(open(connection, '/sightline/contact/2'), { name: 'UnsupportedProtocolError' })
  assert.ok((await stranger.services.ping.ping(connection.remoteAddr)) >= 0)
  assert.equal(people.rows.size, 0)

  const bea = await around.start('bea')
  await introduce(bea, ada, ['relayed'])
  assert.equal(people.rows.size, 1)
  const log = readFileSync(join(ada.directory, 'log.jsonl'), 'utf8')
  assert.doesNotMatch(log, /bug|broke|uncaught|incident/i)
})

test('whoever is asked and speaks another version, or answers with junk, stays asked: nothing breaks, nothing is hurried', async (t) => {
  const around = await createScene(t)
  const ada = await around.start('ada')
  const circuit = `${around.relay().addresses[0]}/p2p-circuit`
  const other = await startClient([circuit])
  t.after(() => other.stop())
  const answers = [
    withLength(FRAME_MAX_BYTES + 1, randomBytes(4096)),
    withLength(200, randomBytes(20)),
    withLength(300, randomBytes(300)),
    withLength(3, Uint8Array.of(0xf8, 0x07, 1)),
  ]
  let asked = 0
  await eventually(() => other.getMultiaddrs().length > 0)
  const { contact } = await ada.do('contact.add', { link: `${circuit}/p2p/${other.peerId}`, note: 'It is Ada' })
  const people = liveView(ada.bridge, 'people')
  const log = () => readFileSync(join(ada.directory, 'log.jsonl'), 'utf8')
  // So far it speaks no contact protocol of ours at all, as one of another version would not.
  await eventually(() => people.rows.get(contact)?.path.line.kind === 'relayed')
  await eventually(() => /UnsupportedProtocol|unsupported|protocol selection/i.test(log()), {
    what: 'a request that failed',
  })
  assert.equal(people.rows.get(contact)?.state, 'asked')

  await other.handle(
    CONTACT,
    async (stream) => {
      stream.send(answers[asked++ % answers.length] ?? new Uint8Array())
      await stream.close().catch(() => undefined)
    },
    { runOnLimitedConnection: true },
  )
  for (let times = 1; times <= answers.length; times += 1) {
    await ada.do('network.retry', {})
    await eventually(() => asked >= times, { what: `request ${times}`, withinMs: 30_000 })
  }
  assert.equal(people.rows.get(contact)?.state, 'asked')
  assert.ok(asked < 3 * answers.length, `asked ${asked} times`)
  assert.doesNotMatch(log(), /bug|broke|uncaught|incident/i)
})

/** A protobuf-style length, then whatever bytes. */
function withLength(length: number, bytes: Uint8Array): Uint8Array {
  const varint = []
  let rest = length
  for (; rest > 0x7f; rest >>>= 7) varint.push((rest & 0x7f) | 0x80)
  return Uint8Array.from([...varint, rest, ...bytes])
}

async function firstBytes(stream: Stream): Promise<Buffer> {
  for await (const data of stream) return Buffer.from(data.subarray())
  return Buffer.alloc(0)
}
