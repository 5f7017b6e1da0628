import type { Settings } from '../../shared/domain/settings.ts'
import type { NetworkSettings } from '../network/network.ts'
import type { Storage } from '../storage/database.ts'
import { type Log, silent } from './log.ts'

/** Switches to be changed; an absent or undefined one stays as it is. */
type SettingsChange = { readonly [Name in keyof Settings]?: Settings[Name] | undefined }

/** The switches of the open profile, in memory and on disk. */
export interface SettingsBook {
  now(): Settings
  /** Resolves when the change is on disk; only then others see it. */
  change(changes: SettingsChange): Promise<Settings>
  /** Returns a function that ends the listening. */
  onChange(listener: () => void): () => void
}

/** Reads the switches of this profile. One that cannot be read has its default, and the log says so. */
export async function openSettings(storage: Pick<Storage, 'request'>, log: Log = silent): Promise<SettingsBook> {
  for (const name of await storage.request('settings.unusable')) log('setting could not be read', { name })
  let settings = await storage.request('settings.read')
  const listeners = new Set<() => void>()
  return {
    now: () => settings,
    async change(changes) {
      const given = Object.entries(changes).filter(([, value]) => value !== undefined)
      settings = await storage.request('settings.change', Object.fromEntries(given))
      for (const listener of [...listeners]) listener()
      return settings
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The switches the network obeys. */
export function networkSettings({ mdns, portMapping, announce }: Settings): NetworkSettings {
  return { mdns, portMapping, announce }
}
