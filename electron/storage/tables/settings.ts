import { DEFAULT_SETTINGS, LANGUAGES, type Settings, THEMES } from '../../../shared/domain/settings.ts'
import type { Database } from '../driver.ts'
import { readJson } from '../json.ts'

/** Every switch: the stored ones over the defaults. A stored value that is none for its switch is ignored. */
export function read(db: Database): Settings {
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS }
  for (const { name, value } of stored(db)) if (isValueOf(name, value)) settings[name] = value
  // Each key was just checked against its default.
  return settings as unknown as Settings
}

/** Names of known switches whose stored value cannot be used, so that their default holds. */
export function unusable(db: Database): string[] {
  return stored(db).flatMap(({ name, value }) =>
    Object.hasOwn(DEFAULT_SETTINGS, name) && !isValueOf(name, value) ? [name] : [],
  )
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

function stored(db: Database): { readonly name: string; readonly value: unknown }[] {
  return db
    .all<{ name: string; value: string }>('SELECT name, value FROM setting ORDER BY name')
    .map(({ name, value }) => ({ name, value: readJson(value) }))
}

const defaults: Readonly<Record<string, unknown>> = { ...DEFAULT_SETTINGS }

function isValueOf(name: string, value: unknown): boolean {
  if (!Object.hasOwn(defaults, name)) return false
  const choices: readonly unknown[] | undefined = { theme: THEMES, language: LANGUAGES }[name]
  return choices === undefined ? typeof value === typeof defaults[name] : choices.includes(value)
}
