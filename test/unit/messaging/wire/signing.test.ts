import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { ed25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { isPeerId, peerIdOf, publicKeyOf } from '../../../../electron/messaging/wire/peer-id.ts'
import {
  peerIdOfSeed,
  type SignedKind,
  sign,
  verify,
  withContext,
} from '../../../../electron/messaging/wire/signing.ts'

const kinds: readonly SignedKind[] = ['entry', 'invite', 'contact', 'address', 'card', 'prekey']
const seedOf = (fill: number) => new Uint8Array(32).fill(fill)
const anySeed = fc.uint8Array({ minLength: 32, maxLength: 32 })

test('what one identity signed verifies, and nothing else does', () => {
  const [mine, other] = [seedOf(1), seedOf(2)]
  const bytes = Uint8Array.of(1, 2, 3)
  const signature = sign('entry', bytes, mine)
  assert.equal(verify('entry', bytes, signature, peerIdOfSeed(mine)), true)
  assert.equal(verify('entry', bytes, signature, peerIdOfSeed(other)), false)
  assert.equal(verify('entry', Uint8Array.of(1, 2, 4), signature, peerIdOfSeed(mine)), false)
  assert.equal(verify('entry', bytes, signature.with(5, (signature[5] ?? 0) ^ 1), peerIdOfSeed(mine)), false)
  assert.equal(verify('entry', bytes, signature.subarray(1), peerIdOfSeed(mine)), false)
  assert.equal(verify('entry', bytes, signature, 'not a peer id'), false)
})

test('no signature of one kind verifies as another', () => {
  const seed = seedOf(3)
  const bytes = new TextEncoder().encode('the same bytes')
  for (const made of kinds)
    for (const asked of kinds)
      assert.equal(
        verify(asked, bytes, sign(made, bytes, seed), peerIdOfSeed(seed)),
        made === asked,
        `${made} as ${asked}`,
      )
})

test('node:crypto and the JavaScript curve sign and verify alike', () => {
  fc.assert(
    fc.property(anySeed, fc.uint8Array({ maxLength: 200 }), (seed, bytes) => {
      const signature = sign('entry', bytes, seed)
      assert.deepEqual(signature, ed25519.sign(withContext('entry', bytes), seed))
      const key = ed25519.getPublicKey(seed)
      assert.equal(ed25519.verify(signature, withContext('entry', bytes), key), true)
      assert.equal(verify('entry', bytes, signature, peerIdOf(key)), true)
    }),
    { numRuns: 20 },
  )
})

test('peer ids are those of libp2p', async () => {
  for (const fill of [0, 7, 255]) {
    const expected = peerIdFromPrivateKey(await generateKeyPairFromSeed('Ed25519', seedOf(fill))).toString()
    assert.equal(peerIdOfSeed(seedOf(fill)), expected)
    assert.deepEqual(publicKeyOf(expected), ed25519.getPublicKey(seedOf(fill)))
  }
})

test('only the exact text of an Ed25519 peer id is one', () => {
  const id = peerIdOfSeed(seedOf(9))
  assert.equal(isPeerId(id), true)
  for (const wrong of [
    '',
    id.slice(1),
    `${id} `,
    `1${id}`,
    id.replace('K', '0'),
    'QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N',
  ])
    assert.equal(isPeerId(wrong), false, wrong)
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => isPeerId(text) === text.startsWith('12D3KooW')))
})
