import type { Contact } from '../../../shared/domain/contact.ts'
import type { Path } from '../../../shared/domain/line.ts'
import type { StoredContact } from '../../storage/tables/contacts.ts'
import type { StoredInvite } from '../../storage/tables/invites.ts'
import { skeleton } from './confusables.ts'

/** What the window shows of a person, beside what is on disk. */
export interface Surroundings {
  readonly path: Path
  readonly invite?: StoredInvite
  /** See `looksLike()`. */
  readonly looksLike?: string
}

export function contactRow(row: StoredContact, { path, invite, looksLike }: Surroundings): Contact {
  return {
    id: row.id,
    name: row.name,
    ...(row.givenName === undefined ? {} : { givenName: row.givenName }),
    state: row.state,
    ...(row.note === undefined ? {} : { note: row.note }),
    ...(invite === undefined ? {} : { usedInviteOf: invite.createdAt }),
    ...(invite?.isWithdrawn ? { usedInviteIsWithdrawn: true } : {}),
    ...(looksLike === undefined ? {} : { looksLike }),
    isRelayOnly: row.isRelayOnly,
    isVerified: row.isVerified,
    ...(row.lastSeen === undefined ? {} : { lastSeen: row.lastSeen }),
    path,
    since: row.since,
  }
}

/**
 * Who carries a name that resembles that of a contact I had before: peer id → that contact's name. `selfName` counts
 * too: someone who calls himself as I do is worth a look. A name I gave needs no warning.
 */
export function lookAlikes(rows: Iterable<StoredContact>, selfName: string): Map<string, string> {
  const all = [...rows].sort((a, b) => rank(a) - rank(b) || a.since - b.since)
  const takenBy = new Map<string, string>()
  const warnings = new Map<string, string>()
  if (selfName !== '') takenBy.set(skeleton(selfName), selfName)
  for (const row of all) {
    const shape = skeleton(row.name)
    const other = takenBy.get(shape)
    if (other !== undefined && row.givenName === undefined && shape !== '') warnings.set(row.id, other)
    if (row.state !== 'mutual') continue
    for (const name of [row.givenName, row.name])
      if (name !== undefined && name !== '' && !takenBy.has(skeleton(name))) takenBy.set(skeleton(name), name)
  }
  return warnings
}

// Contacts hold their names; whoever only asks is compared with them.
const rank = ({ state }: StoredContact) => (state === 'mutual' ? 0 : 1)
