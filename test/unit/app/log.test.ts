import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { logLine, openLogFile } from '../../../electron/app/log.ts'

const PEER = '12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp'

test('a line of the log names nobody and no place in full', () => {
  const line = logLine(
    'peer connected',
    { peer: PEER, from: `/ip4/203.0.113.77/tcp/4001/p2p/${PEER}`, six: '2001:db8:1:2::3' },
    0,
  )
  assert.ok(!line.includes(PEER))
  assert.ok(line.includes('c6iDEp'))
  assert.ok(!line.includes('203.0.113.77') && line.includes('203.0.x.x'))
  assert.ok(!line.includes('2001:db8:1:2::3'))
})

test('an invite never reaches the log, not even inside an error and its cause', () => {
  const error = new Error('could not read sightline://add/CgZzZWNyZXQ', {
    cause: new Error('sightline://add/CgZzZWNyZXQ'),
  })
  assert.ok(!logLine('invite was refused', { error }, 0).includes('CgZzZWNyZXQ'))
})

test('the log keeps its newest lines within its size and only its owner reads it', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'sightline-log-'))
  t.after(() => rmSync(directory, { recursive: true }))
  const file = join(directory, 'log.jsonl')
  const { log, close } = openLogFile(file, { maxBytes: 10_000 })
  for (let step = 0; step < 1000; step += 1) log('step was taken', { step })
  close()
  log('too late')
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  assert.equal(JSON.parse(lines.at(-1) ?? '').step, 999)
  assert.ok(statSync(file).size <= 10_000)
  assert.ok(statSync(`${file}.old`).size <= 10_000)
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600)
})
