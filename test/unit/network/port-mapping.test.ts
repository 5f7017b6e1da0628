import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MappingSeen, mappingState, watchGateways } from '../../../electron/network/nat/port-mapping.ts'

const seen: MappingSeen = { isMapped: false, isRefused: false, searchingForMs: 60_000 }

const states: readonly [what: string, Partial<MappingSeen>, string][] = [
  ['just begun', { searchingForMs: 1_000 }, 'searching'],
  ['no router answered in time', {}, 'no-gateway'],
  ['a router answered a moment ago', { answeredForMs: 1_000 }, 'searching'],
  ['a router answered late', { answeredForMs: 100, searchingForMs: 400_000 }, 'searching'],
  ['a router answered and then nothing came of it', { answeredForMs: 50_000 }, 'unknown'],
  ['a router refused', { answeredForMs: 1_000, isRefused: true }, 'failed'],
  ['an address is mapped', { answeredForMs: 50_000, isMapped: true }, 'mapped'],
]
for (const [what, values, expected] of states)
  test(`port mapping: ${what} is ${expected}`, () => assert.equal(mappingState({ ...seen, ...values }), expected))

type Client = Parameters<typeof watchGateways>[0]
type Gateway = Client extends { findGateways(): AsyncGenerator<infer Found> } ? Found : never

test('port mapping: routers found, and ports granted and refused, are noticed, and the router hears the same calls', async () => {
  const mapped: number[] = []
  const unused = async () => {
    throw new Error('not called')
  }
  const router: Gateway = {
    id: 'router',
    family: 'IPv4',
    host: '192.0.2.1',
    port: 1900,
    stop: unused,
    externalIp: unused,
    unmap: unused,
    mapAll: async function* () {},
    map: async (internalPort, internalHost) => {
      mapped.push(internalPort)
      if (internalPort === 2) throw new Error('no')
      return { internalPort, internalHost, externalPort: 7, externalHost: '192.0.2.2', protocol: 'TCP' }
    },
  }
  const client: Client = {
    findGateways: async function* () {
      yield router
    },
  }
  const heard: string[] = []
  watchGateways(client, {
    onAnswer: () => heard.push('answer'),
    onMapping: (isGranted) => heard.push(isGranted ? 'granted' : 'refused'),
  })
  for await (const found of client.findGateways()) {
    assert.equal(found.id, 'router')
    assert.equal((await found.map(1, '10.0.0.1')).externalPort, 7)
    await assert.rejects(found.map(2, '10.0.0.1'))
  }
  assert.deepEqual(heard, ['answer', 'granted', 'refused'])
  assert.deepEqual(mapped, [1, 2])
})
