import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The folder of the npm package, which brings the runtime only when it is asked to. */
export const electronPackage = (root: string): string => join(root, 'node_modules', 'electron')

/** Electron's program, where its runtime is there and complete: the same rules as the package's own. */
export function findRuntime(root: string, environment: Environment, platform: NodeJS.Platform): string | undefined {
  const folder = electronPackage(root)
  const named = read(join(folder, 'path.txt'))
  const elsewhere = environment['ELECTRON_OVERRIDE_DIST_PATH']
  if (elsewhere) return existing(join(elsewhere, named ?? programName(platform)))
  // Written last, so it means that everything was unpacked.
  if (named === undefined) return undefined
  const found = read(join(folder, 'dist', 'version'))?.replace(/^v/, '')
  return found === versionOf(folder) ? existing(join(folder, 'dist', named)) : undefined
}

function programName(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'electron.exe'
  return platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
}

function versionOf(folder: string): string | undefined {
  const described: unknown = JSON.parse(read(join(folder, 'package.json')) ?? '{}')
  return typeof described === 'object' && described !== null && 'version' in described
    ? String(described.version)
    : undefined
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}

const existing = (file: string): string | undefined => (existsSync(file) ? file : undefined)
