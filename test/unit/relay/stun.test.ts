import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  type BindingResponse,
  decodeBindingRequest,
  decodeBindingResponse,
  encodeBindingRequest,
  encodeBindingResponse,
  encodeUnknownAttributes,
  firstMessageLength,
} from '../../../electron/network/relay-server/stun.ts'

const transaction = fc.uint8Array({ minLength: 12, maxLength: 12 })
const endpoint = fc.record(
  {
    ip: fc.oneof(
      fc.ipV4(),
      // In the one spelling of RFC 5952, without an IPv4 tail.
      fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }).map((words) => {
        const text = words.map((word) => word.toString(16)).join(':')
        return new URL(`http://[${text}]`).hostname.slice(1, -1)
      }),
    ),
    port: fc.nat(65_535),
  },
  { noNullPrototype: true },
)

describe('STUN messages', () => {
  test('a request reads back as it was written', () => {
    fc.assert(
      fc.property(transaction, fc.boolean(), fc.boolean(), fc.boolean(), (id, changePort, changeIp, hasFingerprint) => {
        const request = { transaction: id, changePort, changeIp, hasFingerprint }
        assert.deepEqual(decodeBindingRequest(encodeBindingRequest(request)), { ...request, unknown: [] })
      }),
    )
  })

  test('an answer reads back as it was written', () => {
    const response = fc.record(
      { transaction, mapped: endpoint, origin: endpoint, other: endpoint, hasFingerprint: fc.boolean() },
      { requiredKeys: ['transaction', 'mapped', 'hasFingerprint'], noNullPrototype: true },
    )
    fc.assert(
      fc.property(response, (written) => {
        const expected: BindingResponse = written
        assert.deepEqual(decodeBindingResponse(encodeBindingResponse(expected)), expected)
      }),
    )
  })

  test('any bytes are read or left, never thrown at', () => {
    const cookie = [0x21, 0x12, 0xa4, 0x42]
    const headed = fc
      .tuple(fc.nat(0xffff), fc.uint8Array({ maxLength: 200 }))
      .map(([type, body]) =>
        Uint8Array.of(type >> 8, type & 0xff, 0, body.length, ...cookie, ...new Uint8Array(12), ...body),
      )
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 700 }), headed), (bytes) => {
        decodeBindingRequest(bytes)
        decodeBindingResponse(bytes)
        firstMessageLength(bytes)
      }),
      { numRuns: 2_000 },
    )
  })

  test('one flipped bit in a message with a fingerprint is noticed', () => {
    const request = encodeBindingRequest({
      transaction: new Uint8Array(12),
      changePort: true,
      changeIp: false,
      hasFingerprint: true,
    })
    for (let bit = 0; bit < request.length * 8; bit += 1) {
      const damaged = request.slice()
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const read = decodeBindingRequest(damaged)
      // A damaged attribute type can only turn the fingerprint itself into something else.
      assert.ok(read === undefined || !read.hasFingerprint, `bit ${bit}`)
    }
  })

  // RFC 5769 section 2.2 and 2.3: the published test vectors, without the parts that need a password.
  test('the published IPv4 and IPv6 answers are read', () => {
    const id = 'b7e7a701bc34d686fa87dfae'
    const ipv4 = Buffer.from(`0101000c2112a442${id}002000080001a147e112a643`, 'hex')
    assert.deepEqual(decodeBindingResponse(ipv4)?.mapped, { ip: '192.0.2.1', port: 32_853 })
    const ipv6 = Buffer.from(`010100182112a442${id}002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9`, 'hex')
    assert.deepEqual(decodeBindingResponse(ipv6)?.mapped, { ip: '2001:db8:1234:5678:11:2233:4455:6677', port: 32_853 })
  })

  test('required attributes nobody knows are named in error 420', () => {
    const id = '0102030405060708090a0b0c'
    const bytes = Buffer.from(`000100082112a442${id}0006000361626300`, 'hex')
    const request = decodeBindingRequest(bytes) ?? assert.fail('not read')
    assert.deepEqual(request.unknown, [6])
    const answer = Buffer.from(encodeUnknownAttributes(request, request.unknown))
    assert.equal(answer.readUInt16BE(0), 0x0111)
    assert.ok(answer.includes(Buffer.from('000a000200060000', 'hex')))
  })

  test('a stream is cut into messages, and anything else is recognised by its first bytes', () => {
    const one = encodeBindingRequest({
      transaction: new Uint8Array(12),
      changePort: false,
      changeIp: false,
      hasFingerprint: false,
    })
    assert.equal(firstMessageLength(one.subarray(0, 19)), 'incomplete')
    assert.equal(firstMessageLength(Uint8Array.of(...one, 1, 2)), 20)
    assert.equal(firstMessageLength(new TextEncoder().encode('GET / HTTP/1.1\r\nHost: x')), 'garbage')
    assert.equal(firstMessageLength(Uint8Array.of(0, 1, 0xff, 0xff, ...one.subarray(4))), 'garbage')
  })
})
