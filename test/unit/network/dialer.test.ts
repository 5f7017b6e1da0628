import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { createDialer } from '../../../electron/network/connections/dialer.ts'
import { createGate } from '../../../electron/network/connections/gate.ts'
import { identityFromSeed } from '../../../electron/network/identity.ts'

const id = () => identityFromSeed(randomBytes(32)).id
const [friend, relay] = [id(), id()]

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'a.example': ['80.1.1.1', '2a00::1'],
  localhost: ['127.0.0.1'],
  'router.example': ['192.168.7.1'],
  'half.example': ['80.1.1.1', '127.0.0.1'],
}

/** Which addresses reach a transport when these are dialled; nobody answers there, and neither does an unknown name. */
async function dialled(addresses: readonly string[], peer = friend, withinMs = 5_000) {
  const gate = createGate(
    { isBlocked: () => false, isContact: (one) => one === friend, mayConnectDirectly: (one) => one === friend },
    { subnets: () => ['192.168.1.7/24', '127.0.0.1/8'] },
  )
  gate.setRelays([{ id: relay, source: 'entered', addresses: ['/dns4/router.example/tcp/1'] }])
  const tried: string[] = []
  const dialer = createDialer(
    {
      transportManager: {
        dial: async (address) => {
          tried.push(address.toString().replace(/\/p2p\/[^/]+$/, ''))
          throw new Error('nobody there')
        },
      },
      peerStore: { merge: async () => undefined },
      connectionManager: { getConnections: () => [] },
    },
    gate,
    (name) => {
      const ips = NAMES[name]
      return ips === undefined ? new Promise(() => undefined) : Promise.resolve(ips)
    },
  )
  const error = await dialer.dial(peer, addresses, { signal: AbortSignal.timeout(withinMs) }).then(
    () => assert.fail('nobody is there'),
    (error: unknown) => error,
  )
  return { tried: tried.sort(), error }
}

test('a name is dialled as the IP addresses it leads to', async () => {
  const { tried } = await dialled(['/dns/a.example/tcp/1'])
  assert.deepEqual(tried, ['/ip4/80.1.1.1/tcp/1', '/ip6/2a00::1/tcp/1'])
})

for (const [what, address] of [
  ['this machine', '/dns4/localhost/tcp/6379'],
  ['a device of another local network', '/dns4/router.example/tcp/80'],
  ['this machine, in WebSocket', '/dns4/localhost/tcp/80/ws'],
  ['this machine, in WebSocket over TLS', '/dns4/localhost/tcp/443/tls/ws'],
  ['this machine by SNI behind a public IP address', '/ip4/80.1.1.1/tcp/443/tls/sni/localhost/ws'],
  ['this machine among others, where the name is needed', '/dns4/half.example/tcp/443/wss'],
  ["this machine, as somebody's relay", `/dns4/localhost/tcp/6379/p2p/${id()}/p2p-circuit`],
] as const)
  test(`a name that leads to ${what} is not dialled`, async () => {
    const { tried, error } = await dialled([address])
    assert.deepEqual(tried, [])
    assert.ok(error instanceof Error && 'failure' in error)
    assert.deepEqual(error.failure, {
      code: 'address-refused',
      detail: { why: 'the address leads into a local network' },
    })
  })

test('of several addresses behind a name only the allowed ones are dialled', async () => {
  assert.deepEqual((await dialled(['/dns/half.example/tcp/1'])).tried, ['/ip4/80.1.1.1/tcp/1'])
})

test('WebSocket over TLS keeps its name when all addresses behind it are allowed', async () => {
  const { tried } = await dialled(['/dns4/a.example/tcp/443/tls/ws'])
  assert.deepEqual(tried, ['/dns4/a.example/tcp/443/tls/ws'])
})

test('a relay that was typed as a name may stand on a local network; the same relay elsewhere may not', async () => {
  const { tried } = await dialled(['/dns4/router.example/tcp/1', '/dns4/router.example/tcp/2'], relay)
  assert.deepEqual(tried, ['/ip4/192.168.7.1/tcp/1'])
})

test('a resolver that never answers does not hold up the other addresses', async () => {
  const { tried } = await dialled(['/dns4/slow.example/tcp/1', '/ip4/80.1.1.1/tcp/1'], friend, 100)
  assert.deepEqual(tried, ['/ip4/80.1.1.1/tcp/1'])
})
