import assert from 'node:assert/strict'
import { test } from 'node:test'
import { update } from '../../../../electron/messaging/wire/generate.ts'

test('the committed frames are what their .proto files compile to', async () => {
  assert.deepEqual(await update({ isCheck: true }), [], 'run `npm run generate`')
})
