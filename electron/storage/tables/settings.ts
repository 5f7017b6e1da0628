import { DEFAULT_SETTINGS, type Settings } from '../../../shared/domain/settings.ts'
import type { Database } from '../driver.ts'

/** Every switch: the stored ones over the defaults. A value of another type than its default is ignored. */
export function read(db: Database): Settings {
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS }
  for (const { name, value } of db.all<{ name: string; value: string }>('SELECT name, value FROM setting')) {
    const parsed: unknown = JSON.parse(value)
    if (Object.hasOwn(settings, name) && typeof parsed === typeof settings[name]) settings[name] = parsed
  }
  // Each key was just checked against its default.
  return settings as unknown as Settings
}

/** Stores the given switches and returns all of them. */
export function change(db: Database, changes: Partial<Settings>): Settings {
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || !Object.hasOwn(DEFAULT_SETTINGS, name)) continue
    db.run(
      'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      name,
      JSON.stringify(value),
    )
  }
  return read(db)
}
