import assert from 'node:assert/strict'
import { test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { createPreparations } from '../../../../electron/network/nat/dcutr/preparations.ts'
import type { Prepared } from '../../../../electron/network/nat/dcutr/prepared.ts'

const RELAYED = multiaddr('/ip4/45.33.1.1/tcp/4001')
const prepared: Prepared = { localPort: 1, candidates: [], freeForDialling: () => {}, release: () => {} }

test('what is being learned when the node stops is not waited for, and nothing is begun afterwards', async () => {
  const signals: AbortSignal[] = []
  const preparations = createPreparations({
    prepare: async (_, signal) => {
      signals.push(signal)
      return prepared
    },
  })
  preparations.ahead(RELAYED)
  await preparations.take(RELAYED)
  preparations.stop()
  assert.equal(signals[0]?.aborted, true)
  preparations.ahead(RELAYED)
  assert.equal(signals.length, 1)
  await preparations.take(RELAYED)
  assert.equal(signals[1]?.aborted, true)
})
