import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeBase58, encodeBase58 } from '../../../../electron/messaging/wire/base58.ts'
import { decodeBase64url, encodeBase64url } from '../../../../electron/messaging/wire/base64url.ts'
import { decodeHex, encodeHex } from '../../../../electron/messaging/wire/hex.ts'

const codings = [
  {
    name: 'base58',
    encode: encodeBase58,
    decode: decodeBase58,
    wrong: ['0', 'I', 'l', 'O', ' ', 'é', '1'.repeat(200)],
  },
  {
    name: 'base64url',
    encode: encodeBase64url,
    decode: decodeBase64url,
    wrong: ['A', 'AB', 'AA==', '+/', 'AA A', 'é'],
  },
  { name: 'hex', encode: encodeHex, decode: decodeHex, wrong: ['a', 'AB', '0x', 'gg', ' '] },
]

for (const { name, encode, decode, wrong } of codings) {
  test(`${name}: what is written reads back, and every text that is read has one spelling`, () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => assert.deepEqual(decode(encode(bytes)), bytes)))
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const bytes = decode(text)
        if (bytes !== undefined) assert.equal(encode(bytes), text)
      }),
    )
    for (const text of wrong) assert.equal(decode(text), undefined, text)
  })
}
