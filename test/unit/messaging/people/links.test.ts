import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Invite, SignedInvite } from '../../../../electron/messaging/people/links/invite.pb.js'
import {
  decodeInvite,
  encodeInvite,
  INVITE_PREFIX,
  type InviteContent,
} from '../../../../electron/messaging/people/links/invite.ts'
import { readLink } from '../../../../electron/messaging/people/links/link.ts'
import { decodeBase64url, encodeBase64url } from '../../../../electron/messaging/wire/base64url.ts'
import { publicKeyOf } from '../../../../electron/messaging/wire/peer-id.ts'
import { sign } from '../../../../electron/messaging/wire/signing.ts'
import { INVITE_MAX_BYTES } from '../../../../shared/domain/limits.ts'
import { idOf, seedOf } from './world.ts'

const BEA = idOf('Bea')
const RELAY = idOf('relay')
const content: InviteContent = {
  owner: BEA,
  name: 'Bea',
  createdAt: 1_795_000_000_000,
  addresses: [`/ip4/192.0.2.1/tcp/4001/p2p/${RELAY}/p2p-circuit`, '/ip4/198.51.100.2/udp/4/quic-v1'],
  token: new Uint8Array(16).fill(5),
}
const link = encodeInvite(content, seedOf('Bea'))
const bytesOf = (text: string) => decodeBase64url(text.slice(INVITE_PREFIX.length)) ?? assert.fail('no base64url')
const linkOf = (bytes: Uint8Array) => INVITE_PREFIX + encodeBase64url(bytes)
const codeOf = (pasted: string) => {
  const read = readLink(pasted, idOf('Ada'))
  return read.ok ? 'ok' : read.failure.code
}

test('a link says who made it and how to reach them', () => {
  assert.deepEqual(decodeInvite(link), content)
  assert.deepEqual(readLink(link, idOf('Ada')), {
    ok: true,
    value: {
      id: BEA,
      name: 'Bea',
      addresses: content.addresses,
      relays: [RELAY],
      createdAt: content.createdAt,
      token: content.token,
    },
  })
})

test('a link stays within 512 bytes: the last addresses are left out', () => {
  const long = `/dns4/${'relay.'.repeat(12)}example.org/tcp/443/wss/p2p/${RELAY}/p2p-circuit`
  const full = encodeInvite(
    { ...content, name: 'ß'.repeat(48), addresses: [long, long, long, long, long] },
    seedOf('Bea'),
  )
  assert.ok(bytesOf(full).length <= INVITE_MAX_BYTES)
  const read = decodeInvite(full)
  assert.ok(typeof read !== 'string' && read.addresses.length > 0 && read.addresses.length < 4)
  const four = Array.from({ length: 6 }, (_, at) => `/ip4/192.0.2.${at}/tcp/4001/p2p/${RELAY}/p2p-circuit`)
  const short = decodeInvite(encodeInvite({ ...content, addresses: four }, seedOf('Bea')))
  assert.deepEqual(typeof short !== 'string' && short.addresses, four.slice(0, 4))
})

const spellings = [
  ['as mail programs break it', `${link.slice(0, 70)}\r\n ${link.slice(70)}`],
  ['with spaces around', `  ${link}\n`],
  ['with a slash behind', `${link}/`],
  ['with a capital scheme', link.replace('sightline://add', 'Sightline://Add')],
] as const
for (const [how, text] of spellings) test(`a link is read ${how}`, () => assert.equal(codeOf(text), 'ok'))

const frame = SignedInvite.decode(bytesOf(link))
const resigned = (change: Partial<Invite>, seed = seedOf('Bea')) => {
  const invite = Invite.encode({ ...Invite.decode(frame.invite), ...change })
  return linkOf(SignedInvite.encode({ version: 1, invite, signature: sign('invite', invite, seed) }))
}
const wrong = [
  ['nothing', '   ', 'empty'],
  ['a word', 'hello', 'invite-damaged'],
  ['half a link', link.slice(0, link.length / 2), 'invite-damaged'],
  ['one character less', link.slice(0, -1), 'invite-damaged'],
  ['one character changed', link.replace(/.(?=.{20}$)/, (one) => (one === 'A' ? 'B' : 'A')), 'invite-damaged'],
  ['the bare scheme', 'sightline://add/', 'invite-damaged'],
  ['another page of the scheme', 'sightline://open/abc', 'invite-damaged'],
  ['a newer version', linkOf(SignedInvite.encode({ ...frame, version: 2 })), 'invite-newer'],
  [
    'a newer, longer version',
    linkOf(SignedInvite.encode({ version: 9, invite: new Uint8Array(1_000) })),
    'invite-newer',
  ],
  ['version 0', linkOf(SignedInvite.encode({ ...frame, version: 0 })), 'invite-damaged'],
  ['signed by somebody else', resigned({}, seedOf('Mallory')), 'invite-damaged'],
  ['somebody else’s key', resigned({ owner: publicKeyOf(idOf('Mallory')) ?? new Uint8Array() }), 'invite-damaged'],
  ['a short token', resigned({ token: new Uint8Array(15) }), 'invite-damaged'],
  ['five addresses', resigned({ addresses: Array.from({ length: 5 }, () => new Uint8Array(2)) }), 'invite-damaged'],
  ['over 512 bytes', resigned({ name: 'x'.repeat(400) }), 'invite-damaged'],
  ['a megabyte', `sightline://add/${'A'.repeat(1_000_000)}`, 'too-long'],
] as const
for (const [what, text, code] of wrong) test(`${what} is no invite: ${code}`, () => assert.equal(codeOf(text), code))

test('what is no link at all is told from part of one', () => {
  const found = (text: string) => {
    const read = readLink(text, idOf('Ada'))
    return read.ok ? 'ok' : read.failure.detail?.['found']
  }
  for (const text of ['foo', 'https://example.org/add', 'a sentence that is longer than most words in it'])
    assert.equal(found(text), 'no-link', text)
  for (const part of [link.slice(0, link.length / 2), link.slice(60), link.slice('sightline://'.length)])
    assert.equal(found(part), undefined, part)
})

test('my own link, id and address are mine', () => {
  for (const text of [link, BEA, `/ip4/192.0.2.1/tcp/1/p2p/${BEA}`])
    assert.deepEqual(readLink(text, BEA), { ok: false, failure: { code: 'invite-own' } })
})

test('addresses in a link that lead elsewhere or nowhere are left out', () => {
  const odd = resigned({ addresses: [Uint8Array.of(1, 2, 3), new Uint8Array(0)] })
  const read = readLink(odd, idOf('Ada'))
  assert.deepEqual(read.ok && read.value.addresses, [])
})

const circuit = `/ip4/192.0.2.1/tcp/4001/p2p/${RELAY}/p2p-circuit`
const addresses = [
  ['a peer id', BEA, []],
  ['a peer id as a path', `/p2p/${BEA}`, []],
  ['a direct address', `/ip4/198.51.100.2/tcp/1/p2p/${BEA}`, ['/ip4/198.51.100.2/tcp/1']],
  ['a direct IPv6 address', `/ip6/2001:db8::1/udp/1/quic-v1/p2p/${BEA}`, ['/ip6/2001:db8::1/udp/1/quic-v1']],
  ['a secure WebSocket', `/dns4/example.org/tcp/443/wss/p2p/${BEA}`, ['/dns4/example.org/tcp/443/wss']],
  ['a relay with its address', `${circuit}/p2p/${BEA}`, [circuit]],
  ['a relay by its id', `/p2p/${RELAY}/p2p-circuit/p2p/${BEA}`, [`/p2p/${RELAY}/p2p-circuit`]],
  ['any relay', `/p2p-circuit/p2p/${BEA}`, []],
] as const
for (const [what, text, expected] of addresses)
  test(`somebody can be added by ${what}`, () => {
    const read = readLink(text, idOf('Ada'))
    assert.equal(read.ok && read.value.id, BEA)
    assert.deepEqual(read.ok && read.value.addresses, expected)
  })

const refused = [
  [circuit, 'address-invalid'],
  ['/ip4/192.0.2.1/tcp/4001', 'address-invalid'],
  [`/unix/tmp/p2p/${BEA}`, 'address-invalid'],
  [`/ip4/192.0.2.1/tcp/4001/http/p2p/${BEA}`, 'address-invalid'],
  [`/ip4/192.0.2.1/tcp/4001/p2p-circuit/p2p/${BEA}`, 'address-invalid'],
  [`${circuit}/p2p/${BEA}/p2p-circuit/p2p/${BEA}`, 'address-invalid'],
  [`/ip4/192.0.2.1/tcp/4001/p2p/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N`, 'address-invalid'],
  [`/ip4/224.0.0.1/tcp/1/p2p/${BEA}`, 'address-refused'],
  [`/ip4/0.0.0.0/tcp/1/p2p/${BEA}`, 'address-refused'],
  [`/ip4/255.255.255.255/tcp/1/p2p/${BEA}`, 'address-refused'],
  [`/ip4/192.0.2.1/tcp/0/p2p/${BEA}`, 'address-refused'],
  [`/ip6/ff02::1/tcp/1/p2p/${BEA}`, 'address-refused'],
  [`/ip6/fe80::1/tcp/1/p2p/${BEA}`, 'address-refused'],
  [`/p2p/${BEA}/p2p-circuit/p2p/${BEA}`, 'address-refused'],
] as const
for (const [text, code] of refused) test(`${text} is not dialled: ${code}`, () => assert.equal(codeOf(text), code))

test('no text makes the reader throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void readLink(text, BEA)))
  const scheme = fc.uint8Array({ maxLength: 600 }).map((bytes) => INVITE_PREFIX + encodeBase64url(bytes))
  fc.assert(fc.property(scheme, (text) => assert.equal(typeof decodeInvite(text), 'string')))
  const part = fc.constantFrom(
    'ip4',
    'ip6',
    'dns',
    'tcp',
    'udp',
    'p2p',
    'p2p-circuit',
    'ws',
    '1.2.3.4',
    '::1',
    '80',
    BEA,
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 9 }), (parts) => {
      const read = readLink(`/${parts.join('/')}`, RELAY)
      if (read.ok) assert.equal(read.value.id, BEA)
    }),
  )
})

test('a link with one bit flipped anywhere never reads as another one', () => {
  const bytes = bytesOf(link)
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = bytes.with(bit >> 3, (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)))
    const read = decodeInvite(linkOf(flipped))
    if (typeof read !== 'string') assert.deepEqual(read, content)
  }
})
