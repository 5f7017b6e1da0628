import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Shell } from '../../shared/contract/views.ts'

/** Where Sightline is installed and which version it is, found from a file of its own: sources and bundles lie at different depths. */
export function findInstallation(from: string): { readonly root: string; readonly version: string } {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (!existsSync(file)) continue
    const described: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof described !== 'object' || described === null || !('version' in described)) continue
    return { root: folder, version: String(described.version) }
  }
  throw new Error(`no package.json above ${from}`)
}

/** The system, in the words of the contract. */
export function platformName(platform: NodeJS.Platform = process.platform): Shell['platform'] {
  const names: Partial<Record<NodeJS.Platform, Shell['platform']>> = {
    linux: 'linux',
    win32: 'windows',
    darwin: 'macos',
  }
  return names[platform] ?? 'other'
}
