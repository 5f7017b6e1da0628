import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Makes the folder of a profile, and everything written from now on, for its owner only. */
export function makeProfileFolder(directory: string): void {
  process.umask(0o077)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
}

/** Throws what the system says when no file can be written there: rights, a read-only disk, a full one. */
export function mustBeWritable(folder: string): void {
  const trial = join(folder, `.trial.${process.pid}`)
  try {
    writeFileSync(trial, 'trial')
  } finally {
    rmSync(trial, { force: true })
  }
}

/** Why a start failed, in one sentence for the person who started it. */
export function startFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code))
    return `The folder of this profile cannot be written (${code}). Choose another place with --profiles-dir.`
  if (code === 'ENOSPC') return 'The disk is full. Sightline starts again when there is room.'
  return `Sightline could not start: ${error instanceof Error ? error.message : String(error)}`
}
