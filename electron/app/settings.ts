import type { Settings } from '../../shared/domain/settings.ts'
import type { NetworkSettings } from '../network/network.ts'
import type { Storage } from '../storage/database.ts'

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

/** Reads the switches of this profile. */
export async function openSettings(storage: Pick<Storage, 'request'>): Promise<SettingsBook> {
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
