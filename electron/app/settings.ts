import type { Settings } from '../../shared/domain/settings.ts'
import type { NetworkSettings } from '../network/network.ts'
import type { Storage } from '../storage/database.ts'

/** The switches of the open profile, in memory and on disk. */
export interface SettingsBook {
  now(): Settings
  /** Resolves when the change is on disk; only then others see it. */
  change(changes: Partial<Settings>): Promise<Settings>
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
      settings = await storage.request('settings.change', changes)
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
