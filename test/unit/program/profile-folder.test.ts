import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { mustBeWritable, startFailure } from '../../../electron/program/profile-folder.ts'

test('a folder that takes no file is said, in a sentence, and nothing is left in one that does', {
  skip: process.platform !== 'linux',
}, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-writable-'))
  t.after(() => rmSync(folder, { recursive: true }))
  mustBeWritable(folder)
  assert.deepEqual(readdirSync(folder), [])
  // A disk that is full for this one file.
  symlinkSync('/dev/full', join(folder, `.trial.${process.pid}`))
  assert.throws(
    () => mustBeWritable(folder),
    (error) => startFailure(error).startsWith('The disk is full.'),
  )
  assert.deepEqual(readdirSync(folder), [])
})
