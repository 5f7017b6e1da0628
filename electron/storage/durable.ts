import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Waits until the disk has the file's content. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Waits until the disk has the names in a folder. Windows keeps them in order by itself and cannot open a folder. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/**
 * Writes a small file, readable by its owner only, so that after a crash there is the old one or the new one, whole.
 * `mustBeNew`: throws EEXIST rather than replace anything.
 */
export function writeDurably(path: string, content: Uint8Array, { mustBeNew = false } = {}): void {
  const made = `${path}.${process.pid}.new`
  rmSync(made, { force: true })
  const file = openSync(made, 'wx', 0o600)
  try {
    for (let written = 0; written < content.length; ) written += writeSync(file, content, written)
    fsyncSync(file)
  } catch (error) {
    rmSync(made, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
  if (mustBeNew) {
    try {
      putNew(made, path)
    } finally {
      rmSync(made, { force: true })
    }
  } else renameSync(made, path)
  syncFolder(dirname(path))
}

/** A link fails where a rename would replace. Some file systems have none; there the look before is all there is. */
function putNew(made: string, path: string): void {
  try {
    linkSync(made, path)
  } catch (error) {
    const hasLinks = !(error instanceof Error && 'code' in error && /^(EPERM|ENOTSUP|ENOSYS)$/.test(String(error.code)))
    if (hasLinks || existsSync(path)) throw error
    renameSync(made, path)
  }
}
