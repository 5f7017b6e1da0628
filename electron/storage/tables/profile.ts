import type { Database } from '../driver.ts'

export interface Profile {
  /** 32-byte Ed25519 seed. */
  readonly seed: Uint8Array
  /** 16 bytes that name the logs this database writes. */
  readonly instance: Uint8Array
  /** Empty until the first run asked for it. */
  readonly name: string
  readonly createdAt: number
}

/** The profile; undefined in a database that was only just made. */
export function read(db: Database): Profile | undefined {
  return db.one<Profile>('SELECT seed, instance, name, createdAt FROM profile')
}

/** Puts the identity into a new database. There is only ever one. */
export function create(db: Database, profile: Profile): null {
  db.run(
    'INSERT INTO profile (id, seed, instance, name, createdAt) VALUES (1, ?, ?, ?, ?)',
    profile.seed,
    profile.instance,
    profile.name,
    profile.createdAt,
  )
  return null
}

export function rename(db: Database, name: string): null {
  db.run('UPDATE profile SET name = ?', name)
  return null
}

/** From now on this database writes under another instance: after a restore, or when others hold more of the old one than we do. */
export function setInstance(db: Database, instance: Uint8Array): null {
  db.run('UPDATE profile SET instance = ?', instance)
  return null
}

/** The next value of a named number that only ever grows, starting with 1. */
export function nextNumber(db: Database, name: string): number {
  const row = db.one<{ value: number }>(
    'INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value',
    name,
  )
  if (row === undefined) throw new Error('a counter gave no value')
  return row.value
}
