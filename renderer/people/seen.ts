import type { Contact, Invite, Nearby } from '../../shared/domain/contact.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Seen } from '../words/people-truth.ts'

/** What somebody who asks to be my contact sees of me already, from what was observed. */
export function seenBy(
  { path, isRelayOnly, usedInviteOf }: Pick<Contact, 'path' | 'isRelayOnly' | 'usedInviteOf'>,
  known: {
    readonly nearby: Pick<Nearby, 'via'> | undefined
    readonly settings: Pick<Settings, 'isVisible' | 'relayOnly'>
    readonly invites: Iterable<Pick<Invite, 'createdAt' | 'hasDirectAddresses'>>
  },
): Seen {
  return {
    by: wayOf(path.line.kind, known.nearby?.via),
    isVisible: known.settings.isVisible,
    isRelayOnly: isRelayOnly || known.settings.relayOnly,
    hasAddress: [...known.invites].some(
      ({ createdAt, hasDirectAddresses }) => hasDirectAddresses && createdAt === usedInviteOf,
    ),
  }
}

function wayOf(line: Contact['path']['line']['kind'], via: Nearby['via'] | undefined): Seen['by'] {
  if (line === 'lan' || via === 'lan') return 'network'
  if (line === 'direct') return 'direct'
  // Gone again: they may have come any way.
  return line === 'none' || line === 'unknown' ? 'unknown' : 'relay'
}
