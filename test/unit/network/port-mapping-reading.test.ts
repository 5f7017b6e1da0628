import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shown } from '../../../electron/network/nat/upnp/asked.ts'
import { createCandidates, LOOKED_AT_MAX } from '../../../electron/network/nat/upnp/candidates.ts'
import { ownUrl, readDescription } from '../../../electron/network/nat/upnp/description.ts'
import { judgeOuter, type Lan, mayAsk, ownLans } from '../../../electron/network/nat/upnp/lan.ts'
import { afterRefusal } from '../../../electron/network/nat/upnp/mapping.ts'
import { locationIn } from '../../../electron/network/nat/upnp/ssdp.ts'
import { type RouterSeen, type SearchSeen, stateOf } from '../../../electron/network/nat/upnp/state.ts'
import { readXml, textOf } from '../../../electron/network/nat/upnp/xml.ts'
import { deviceDescription, WAN_IP_1, WAN_IP_2, WAN_PPP_1 } from '../../support/fake-router.ts'

const location = new URL('http://192.168.1.1:5000/root.xml')
const lan: Lan = { address: '192.168.1.7', subnet: '192.168.1.7/24' }

const router: RouterSeen = { outer: 'public', isSettled: true, hasMapping: false, hasRefusal: false }
const states: readonly [what: string, routers: readonly Partial<RouterSeen>[], search: SearchSeen, expected: string][] =
  [
    ['a search without an answer yet', [], 'searching', 'searching'],
    ['silence', [], 'silent', 'no-gateway'],
    ['answers that are of no use', [], 'unusable', 'failed'],
    ['a router that is being asked', [{ isSettled: false }], 'searching', 'searching'],
    ['a router that opened a port', [{ hasMapping: true }], 'searching', 'mapped'],
    ['a router that opened one port and refused another', [{ hasMapping: true, hasRefusal: true }], 'silent', 'mapped'],
    ['a router that refused', [{ hasRefusal: true }], 'silent', 'failed'],
    ['a router behind a router', [{ outer: 'private', hasMapping: true }], 'silent', 'double-nat'],
    ['a router that hides its outer address', [{ outer: 'hidden', hasRefusal: true }], 'silent', 'double-nat'],
    ['two routers, one of them of use', [{ outer: 'private' }, { hasMapping: true }], 'silent', 'mapped'],
    ['a port under an address nobody knows', [{ outer: 'unknown', hasMapping: true }], 'silent', 'unknown'],
    ['a router that nobody asked anything', [{}], 'silent', 'unknown'],
  ]
for (const [what, routers, search, expected] of states)
  test(`port mapping: ${what} is ${expected}`, () =>
    assert.equal(
      stateOf(
        routers.map((values) => ({ ...router, ...values })),
        search,
      ),
      expected,
    ))

test('port mapping: after a conflict another port is asked for, a permanent lease where no other is given, and nothing after a plain no', () => {
  const ask = { externalPort: 4001, leaseSeconds: 1_200 }
  for (const code of [718, 729])
    assert.deepEqual(
      afterRefusal(code, ask, 4001, () => 0.5),
      { externalPort: 40_000, leaseSeconds: 1_200 },
    )
  assert.deepEqual(afterRefusal(725, ask, 4001), { externalPort: 4001, leaseSeconds: 0 })
  assert.equal(afterRefusal(725, { ...ask, leaseSeconds: 0 }, 4001), undefined)
  assert.deepEqual(afterRefusal(724, { ...ask, externalPort: 9 }, 4001), ask)
  assert.equal(afterRefusal(724, ask, 4001), undefined)
  for (const code of [726, 727, 606, 501, undefined]) assert.equal(afterRefusal(code, ask, 4001), undefined)
})

test('port mapping: only another machine of our own network is asked, and no address of the internet, of ours or of everybody', () => {
  assert.equal(mayAsk('192.168.1.1', lan), true)
  for (const other of [
    '192.168.1.7',
    '192.168.2.1',
    '10.0.0.1',
    '8.8.8.8',
    '127.0.0.1',
    '224.0.0.1',
    '0.0.0.0',
    'x',
    '',
  ])
    assert.equal(mayAsk(other, lan), false, other)
  assert.equal(mayAsk('8.8.8.1', { address: '8.8.8.8', subnet: '8.8.8.8/24' }), false)
  assert.equal(mayAsk('127.0.0.2', { address: '127.0.0.1', subnet: '127.0.0.1/8' }), false)
})

test('port mapping: networks with a public address of ours are not searched, nor loopback', () => {
  const v4 = { netmask: '', mac: '', family: 'IPv4' as const }
  assert.deepEqual(
    ownLans({
      lo: [{ ...v4, address: '127.0.0.1', internal: true, cidr: '127.0.0.1/8' }],
      eth0: [{ ...v4, address: '80.1.1.1', internal: false, cidr: '80.1.1.1/24' }],
      eth1: [{ ...v4, address: '10.0.0.4', internal: false, cidr: '10.0.0.4/8' }],
      eth2: [{ ...v4, family: 'IPv6', address: 'fd00::1', internal: false, cidr: 'fd00::1/64', scopeid: 0 }],
    }),
    [{ address: '10.0.0.4', subnet: '10.0.0.4/8' }],
  )
})

test('port mapping: an outer address is public, private, or none that a router can have', () => {
  assert.deepEqual(judgeOuter('80.1.2.3'), { kind: 'public', ip: '80.1.2.3' })
  for (const ip of ['192.168.0.2', '10.1.1.1', '100.64.3.4', '172.20.0.1'])
    assert.deepEqual(judgeOuter(ip), { kind: 'private', ip })
  for (const text of [
    '',
    '0.0.0.0',
    '127.0.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '169.254.1.1',
    '300.1.1.1',
    '1.2.3',
    '::1',
    'host',
    '1.2.3.4 5',
  ])
    assert.equal(judgeOuter(text), undefined, text)
})

test('port mapping: an address that leads to another machine, or by another way than plain HTTP, is not followed', () => {
  assert.equal(ownUrl('http://192.168.1.1:80/x', '192.168.1.1')?.pathname, '/x')
  assert.equal(ownUrl('/x', '192.168.1.1', location)?.href, 'http://192.168.1.1:5000/x')
  for (const text of [
    'http://192.168.1.2/x',
    'http://127.0.0.1/x',
    'http://8.8.8.8/x',
    'http://router.local/x',
    'https://192.168.1.1/x',
    'file:///etc/passwd',
    'http://a:b@192.168.1.1/x',
    '//192.168.1.9/x',
    'http://0x7f.1/x',
    `http://192.168.1.1/${'x'.repeat(600)}`,
    'nonsense',
    '',
  ])
    assert.equal(ownUrl(text, '192.168.1.1', text.startsWith('//') ? location : undefined), undefined, text)
})

test('port mapping: of the services in a description the newest that opens ports comes first, under the base it names', () => {
  const read = readDescription(
    deviceDescription([WAN_PPP_1, WAN_IP_1, WAN_IP_2, 'urn:schemas-upnp-org:service:Layer3Forwarding:1']),
    location,
  )
  assert.ok(read.state === 'answered')
  assert.deepEqual(read.value, [
    { type: WAN_IP_2, control: new URL('http://192.168.1.1:5000/control2') },
    { type: WAN_IP_1, control: new URL('http://192.168.1.1:5000/control1') },
    { type: WAN_PPP_1, control: new URL('http://192.168.1.1:5000/control0') },
  ])
  const based = readDescription(deviceDescription([WAN_IP_1], 'ctl', 'http://192.168.1.1:49000/deep/'), location)
  assert.ok(based.state === 'answered')
  assert.equal(based.value[0]?.control.href, 'http://192.168.1.1:49000/deep/ctl0')
})

const refused: readonly [what: string, description: string, reason: string][] = [
  ['garbage', '\u0000\u0001<<<>>>', 'bad-answer'],
  ['HTML', '<!DOCTYPE html><html><body>Welcome</body></html>', 'bad-answer'],
  ['XML of something else', '<feed/>', 'bad-answer'],
  [
    'no service that opens ports',
    deviceDescription(['urn:schemas-upnp-org:service:Layer3Forwarding:1']),
    'not-supported',
  ],
  ['a control address on another machine', deviceDescription([WAN_IP_1], 'http://192.168.1.99/c'), 'bad-answer'],
  ['a control address on loopback', deviceDescription([WAN_IP_1], 'http://127.0.0.1:80/c'), 'bad-answer'],
  ['a base on another machine', deviceDescription([WAN_IP_1], '/c', 'http://10.0.0.1/'), 'bad-answer'],
]
for (const [what, description, reason] of refused)
  test(`port mapping: a description with ${what} is refused`, () => {
    const read = readDescription(description, location)
    assert.ok(read.state === 'failed')
    assert.equal(read.reason, reason)
  })

test('port mapping: XML is read with its prefixes, comments, CDATA and entities, and text is not taken for tags', () => {
  const root = readXml(
    '\ufeff<?xml version="1.0"?><!-- <a> --><u:r x="1>2" y=\'"\'>\n<n:t> a &amp; b </n:t><e/><c><![CDATA[<z>]]></c></u:r>\n',
  )
  assert.ok(root)
  assert.equal(textOf(root, 't'), 'a & b')
  assert.equal(textOf(root, 'c'), '<z>')
  assert.equal(textOf(root, 'e'), '')
})

test('port mapping: XML that explodes, or is not whole, is not read, and costs no time', () => {
  const bomb = `<!DOCTYPE r [${Array.from({ length: 9 }, (_, index) => `<!ENTITY a${index + 1} "&a${index};&a${index};">`).join('')}]><r>&a9;</r>`
  const began = performance.now()
  for (const text of [
    bomb,
    '<!DOCTYPE r><r/>',
    '<r>'.repeat(20_000),
    `<r>${'<a/>'.repeat(16_000)}</r>`,
    `<r ${'a="1" '.repeat(10_000)}`,
    `<r ${' '.repeat(60_000)}`,
    `<r a="${'x'.repeat(60_000)}`,
    '<r><a></r></a>',
    '<r>',
    '<r/><r/>',
    '</r>',
    '<r><!-- ',
    'text',
    '',
  ])
    assert.equal(readXml(text), undefined, text.slice(0, 20))
  assert.ok(performance.now() - began < 500)
})

test('port mapping: an answer to a search is one of ours, whole, and not too long', () => {
  const answer = (st: string, more = '') =>
    Buffer.from(`HTTP/1.1 200 OK\r\nst: ${st}\r\nLocation: http://h/\r\n${more}\r\n`)
  assert.equal(locationIn(answer(WAN_IP_1)), 'http://h/')
  assert.equal(locationIn(answer('upnp:rootdevice')), undefined)
  assert.equal(locationIn(answer(WAN_IP_1, `x: ${'x'.repeat(3_000)}\r\n`)), undefined)
  assert.equal(locationIn(Buffer.from(`NOTIFY * HTTP/1.1\r\nST: ${WAN_IP_1}\r\nLOCATION: http://h/\r\n`)), undefined)
  assert.equal(locationIn(Buffer.from([0, 255, 13, 10])), undefined)
})

test('port mapping: of hundreds of devices four are looked at, and those that were no good before come last', () => {
  const answerOf = (index: number) => ({
    responder: `10.0.${index >> 8}.${index & 255}`,
    location: `http://x/${index}`,
    lan,
  })
  const all = Array.from({ length: 600 }, (_, index) => answerOf(index))
  const fresh = createCandidates(() => false)
  assert.equal(all.filter(fresh.admits).length, LOOKED_AT_MAX)
  assert.equal(all.filter(fresh.admits).length, 0)

  const bad = new Set(all.slice(0, 599).map(({ responder }) => responder))
  const wary = createCandidates((responder) => bad.has(responder))
  assert.deepEqual(all.filter(wary.admits), [answerOf(599)])
  assert.equal(wary.postponed().length, LOOKED_AT_MAX - 1)

  const chatty = createCandidates(() => false)
  const places = Array.from({ length: 50 }, (_, index) => ({ ...answerOf(1), location: `http://x/${index}` }))
  assert.equal(places.filter(chatty.admits).length, 2)
})

test('port mapping: what a router writes is shown as one short plain line', () => {
  assert.equal(shown(`a\u0000\n\u202eb${'c'.repeat(100)}`).length <= 60, true)
  assert.equal(shown('No\r\n\u2028way'), 'No way')
})
