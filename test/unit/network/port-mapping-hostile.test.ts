import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { type TestContext, test } from 'node:test'
import { createJournal } from '../../../electron/network/nat/journal.ts'
import { mayAsk } from '../../../electron/network/nat/upnp/lan.ts'
import { type PortMapperOptions, startPortMapper } from '../../../electron/network/nat/upnp/port-mapper.ts'
import { TIMING } from '../../../electron/network/nat/upnp/timing.ts'
import type { Attempt } from '../../../shared/domain/attempt.ts'
import { eventually } from '../../support/eventually.ts'
import { bound, deviceDescription, type FakeBehaviour, startFakeRouter, WAN_IP_1 } from '../../support/fake-router.ts'

const pauses = { firstMs: 500, factor: 1, mostMs: 500, jitter: 0 }
const timing = {
  ...TIMING,
  ...{ searchMs: 300, requestMs: 800, checkEveryMs: 200, missedCheckMs: 100, settleMs: 50, nothingToMapMs: 200 },
  ...{ searchPauses: pauses, lostPauses: pauses, refusedPauses: pauses },
}
const host = '127.0.0.1'

async function scene(t: TestContext, changes: Partial<FakeBehaviour>, options: Partial<PortMapperOptions> = {}) {
  const router = await startFakeRouter(changes)
  const onError = (error: unknown) => assert.fail(String(error))
  const journal = createJournal({ onError })
  const mapper = startPortMapper({
    ...{ journal, onError, group: router.group, timing },
    lans: () => [{ address: host, subnet: '127.0.0.1/8' }],
    mayAsk: () => true,
    ...options,
  })
  t.after(async () => {
    await mapper.stop()
    await router.stop()
  })
  const attempts = () => [...journal.rows()].map(([, attempt]) => attempt)
  // On a busy machine the first search may be over before the answer to it was read.
  const isTelling = ({ outcome }: Attempt) =>
    outcome.state === 'succeeded' || (outcome.state === 'failed' && outcome.reason !== 'no-gateway')
  const ended = () => eventually(() => attempts().find(isTelling), { withinMs: 8_000, what: 'an end' })
  return { router, mapper, attempts, ended }
}

const everySoOften = (response: ServerResponse, what: string) => {
  const timer = setInterval(() => response.write(what), 20)
  response.on('close', () => clearInterval(timer))
}

const badDescriptions: readonly [what: string, changes: Partial<FakeBehaviour>, reason: string, detail: RegExp][] = [
  ['garbage', { answer: (_, response) => void response.end('\u0000\u00ff<<<>') }, 'bad-answer', /cannot be read/],
  ['no HTTP at all', { answer: (_, { socket }) => void socket?.end('hello\r\n\r\n') }, 'bad-answer', /HPE_/],
  ['a broken connection', { answer: (_, { socket }) => void socket?.destroy() }, 'no-answer', /ECONNRESET/],
  ['a body that comes drop by drop', { answer: (_, r) => everySoOften(r, '<a>') }, 'no-answer', /took too long/],
  ['headers that never come', { answer: () => {} }, 'no-answer', /took too long/],
  ['a body without an end', { answer: (_, r) => everySoOften(r, '<a/>'.repeat(20_000)) }, 'bad-answer', /over 65536/],
  [
    'headers without an end',
    { answer: (_, { socket }) => void socket?.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(99_999)}`) },
    'bad-answer',
    /HPE_HEADER_OVERFLOW/,
  ],
  [
    'a redirect',
    { answer: (_, r) => void r.writeHead(302, { location: 'http://127.0.0.1:1/' }).end() },
    'bad-answer',
    /redirected/,
  ],
  ['an error', { answer: (_, r) => void r.writeHead(404).end() }, 'bad-answer', /404/],
  [
    'entities that explode',
    { description: () => '<!DOCTYPE r [<!ENTITY a "&b;&b;">]><root>&a;</root>' },
    'bad-answer',
    /cannot be read/,
  ],
  [
    'a control address elsewhere',
    { description: (s) => deviceDescription(s, 'http://10.0.0.9/c') },
    'bad-answer',
    /points to http:\/\/10.0.0.9/,
  ],
  ['its description elsewhere', { location: 'http://10.0.0.9/root.xml' }, 'bad-answer', /points to http:\/\/10.0.0.9/],
  ['its description on the internet', { location: 'http://8.8.8.8/root.xml' }, 'bad-answer', /points to/],
  ['a file as its description', { location: 'file:///etc/passwd' }, 'bad-answer', /points to/],
]
for (const [what, changes, reason, detail] of badDescriptions)
  test(`port mapping: a router with ${what} is given up in time, with a reason, and leaves no connection`, async (t) => {
    const { router, mapper, ended } = await scene(t, changes)
    const { startedAt, endedAt = 0, outcome } = await ended()
    assert.ok(endedAt - startedAt < 2_500)
    assert.ok(outcome.state === 'failed')
    assert.equal(outcome.reason, reason)
    assert.match(outcome.detail ?? '', detail)
    assert.equal(mapper.state(), 'failed')
    assert.equal(router.entries.size, 0)
    await eventually(() => router.openSockets() === 0, { withinMs: 1_000, what: 'no connection left' })
  })

for (const outerIp of [
  '',
  'router',
  '0.0.0.0',
  '127.0.0.1',
  '224.0.0.5',
  '255.255.255.255',
  '::1',
  '80.1.2.3&lt;x>',
  '1'.repeat(500),
])
  test(`port mapping: ${outerIp.slice(0, 20) || 'nothing'} as its outer address is not believed`, async (t) => {
    const { mapper, ended } = await scene(t, { outerIp })
    void mapper.want({ protocol: 'TCP', host, port: 4001 }, AbortSignal.timeout(1_000))
    const { outcome } = await ended()
    assert.ok(outcome.state === 'failed')
    assert.equal(outcome.reason, 'bad-answer')
    assert.deepEqual(mapper.mappings(), [])
    assert.equal(mapper.state(), 'unknown')
  })

test('port mapping: a router that says yes and opens nothing has failed', async (t) => {
  const { mapper, ended } = await scene(t, { isLiar: true })
  const refusal = await mapper.want({ protocol: 'TCP', host, port: 4001 }, AbortSignal.timeout(2_000))
  assert.ok(refusal !== undefined && 'reason' in refusal && refusal.reason === 'bad-answer')
  const { outcome } = await ended()
  assert.ok(outcome.state === 'failed' && outcome.reason === 'bad-answer')
  assert.equal(mapper.state(), 'failed')
})

test('port mapping: a port opened for port 0, or for somebody else, is none', async (t) => {
  for (const taken of [
    { client: host, port: 0 },
    { client: '127.0.0.66', port: 4001 },
  ]) {
    const { router, mapper } = await scene(t, { isLiar: true })
    router.entries.set('TCP 4001', { ...taken, leaseSeconds: 0, description: '' })
    await mapper.want({ protocol: 'TCP', host, port: 4001 }, AbortSignal.timeout(2_000))
    assert.deepEqual(mapper.mappings(), [])
  }
})

test('port mapping: a router that finds every port taken is asked eight times, not for ever', async (t) => {
  const { router, mapper } = await scene(t, { refuse: (action) => (action === 'AddPortMapping' ? 718 : undefined) })
  const refusal = await mapper.want({ protocol: 'UDP', host, port: 4001 }, AbortSignal.timeout(2_000))
  assert.ok(refusal !== undefined && 'code' in refusal && refusal.code === 718)
  assert.equal(router.asked.filter((action) => action === 'AddPortMapping').length, 8)
})

test('port mapping: a router on our own machine, or on loopback, is not asked', async (t) => {
  const { router, ended } = await scene(t, {}, { mayAsk })
  const { outcome } = await ended()
  assert.ok(outcome.state === 'failed' && outcome.reason === 'bad-answer')
  assert.deepEqual([...new Set(router.asked)], ['search'])
})

test('port mapping: of three hundred routers that answer, four are looked at', {
  skip: process.platform !== 'linux' && 'only Linux has all of 127/8',
}, async (t) => {
  const senders = await Promise.all(
    Array.from({ length: 300 }, (_, index) => bound(`127.0.${1 + Math.floor(index / 200)}.${1 + (index % 200)}`)),
  )
  t.after(() => {
    for (const sender of senders) sender.close()
  })
  const { router, attempts, ended } = await scene(t, { location: 'http://10.0.0.1/', services: [WAN_IP_1] })
  router.answerFrom(senders)
  // The search that began before they were all there.
  const first: Attempt = await ended()
  assert.ok(first.stages.length <= 12)
  const next = await eventually(
    () =>
      attempts().find(
        ({ id, outcome }) => id !== first.id && outcome.state === 'failed' && outcome.reason !== 'no-gateway',
      ),
    { withinMs: 8_000 },
  )
  assert.equal(next.stages.filter(({ what }) => what === 'gateway-refused').length, 4)
})
