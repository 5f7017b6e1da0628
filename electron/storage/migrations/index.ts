import { migration as profile } from './001-profile.ts'
import { migration as people } from './002-people.ts'
import { migration as conversations } from './003-conversations.ts'

/** All migrations in order: SQL that takes a database from version n to n + 1. The version of a database is how many it has seen. */
export const migrations: readonly string[] = [profile, people, conversations]
