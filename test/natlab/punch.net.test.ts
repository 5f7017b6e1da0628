import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { runInside } from './net/inside.ts'
import { needs } from './run-lab.ts'

const PUNCH = join(import.meta.dirname, 'punch.ts')
const PAIRS = 'restricted:restricted,random:random,noudp:shifted,go@restricted:cgn,shifted:rust@restricted'

test('bare nodes and look-alikes of go and rust punch TCP through routers', { skip: needs(['random']) }, async (t) => {
  const said: string[] = []
  const code = await runInside([process.execPath, PUNCH, '--pairs', PAIRS, '--runs', '2'], {
    onLine: (line) => said.push(line),
    signal: AbortSignal.any([t.signal, AbortSignal.timeout(240_000)]),
  })
  assert.equal(code, 0, said.join('\n'))
  assert.equal(said.filter((line) => /: 2 of 2 direct/.test(line)).length, 5, said.join('\n'))
})
