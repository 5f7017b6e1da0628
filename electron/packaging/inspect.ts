import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import type { Target } from './native.ts'

/** What a packed app consists of. Sizes in bytes. */
export interface Inspection {
  /** The files the program can see, native ones beside the archive included, sorted. */
  readonly files: readonly string[]
  /** SHA-256 of the archive. Its header holds the hash of every file, of those beside it too. */
  readonly asarHash: string
  readonly asarBytes: number
  readonly unpackedBytes: number
  readonly wholeBytes: number
}

/** Where a packed app keeps its archive. */
export function asarIn(app: string, platform: Target['platform']): string {
  return join(app, platform === 'darwin' ? 'Sightline.app/Contents/Resources' : 'resources', 'app.asar')
}

/** Looks into the folder of a packed app. */
export function inspect(app: string, platform: Target['platform']): Inspection {
  const asar = asarIn(app, platform)
  const entries = listPackage(asar, { isPack: false }).map((entry) => entry.replaceAll('\\', '/').slice(1))
  const folders = new Set(entries.map((entry) => entry.slice(0, Math.max(0, entry.lastIndexOf('/')))))
  return {
    files: entries.filter((entry) => !folders.has(entry)).sort(),
    asarHash: createHash('sha256').update(readFileSync(asar)).digest('hex'),
    asarBytes: statSync(asar).size,
    unpackedBytes: bytesBelow(`${asar}.unpacked`),
    wholeBytes: bytesBelow(app),
  }
}

function bytesBelow(folder: string): number {
  if (!existsSync(folder)) return 0
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}
