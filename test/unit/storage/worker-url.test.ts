import assert from 'node:assert/strict'
import { test } from 'node:test'
import '../../../electron/app/session.ts'
import { workerUrl } from '../../../electron/storage/worker-url.ts'

const places = [
  ['file:///app/electron/storage/database.ts', 'file:///app/electron/storage/worker.ts'],
  ['file:///app/out/electron/main.js', 'file:///app/out/electron/storage-worker.js'],
  ['file:///app/out/electron/chunks/database-x1.js', 'file:///app/out/electron/storage-worker.js'],
  ['file:///chunks/electron/main.js', 'file:///chunks/electron/storage-worker.js'],
] as const
for (const [from, expected] of places)
  test(`a worker started by ${from} is found`, () => {
    assert.equal(workerUrl(from, 'worker.ts', 'storage-worker.js').href, expected)
  })

test('the main side never loads the database driver', () => {
  // This file has imported everything that the main side uses of storage, and started no worker.
  const report: unknown = process.report.getReport()
  assert.ok(typeof report === 'object' && report !== null && 'sharedObjects' in report)
  const loaded = JSON.stringify(report.sharedObjects)
  assert.match(loaded, /libc|\.dll|\.dylib/)
  assert.doesNotMatch(loaded, /sqlite/i)
})
