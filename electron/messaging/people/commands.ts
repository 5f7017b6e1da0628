import { type Failure, failure } from '../../../shared/contract/failures.ts'
import type { InvitePreview } from '../../../shared/domain/contact.ts'
import { NOTE_MAX_CHARACTERS } from '../../../shared/domain/limits.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { StoredContact } from '../../storage/tables/contacts.ts'
import { isPeerId } from '../wire/peer-id.ts'
import type { Book } from './book.ts'
import { type Link, readLink } from './links/link.ts'
import { checkName, cleanNote, countGraphemes } from './names.ts'
import { safetyNumber } from './safety-number.ts'
import { accept, ask, block, ignore, unblock } from './states.ts'

/** People asked and not yet answered. Each is dialled for ever, so there is an end to it. */
export const ASKED_MAX = 200

type Done<Value = null> = Promise<Result<Value, Failure>>

/** What the window can do with people: one function for each `contact.…` command, the arguments in its order. */
export interface PeopleCommands {
  preview(link: string): Result<InvitePreview, Failure>
  add(link: string, note: string): Done<{ readonly contact: PeerId }>
  ask(id: PeerId, note: string): Done
  accept(id: PeerId): Done
  ignore(id: PeerId): Done
  block(id: PeerId): Done
  unblock(id: PeerId): Done
  cancel(id: PeerId): Done
  rename(id: PeerId, givenName: string): Done
  setRelayOnly(id: PeerId, isOn: boolean): Done
  setVerified(id: PeerId, isOn: boolean): Done
  safetyNumber(id: PeerId): Result<{ readonly digits: string }, Failure>
}

export function createCommands(book: Book, self: PeerId, now: () => number): PeopleCommands {
  async function request(link: Link, note: string): Done<{ readonly contact: PeerId }> {
    const own = checkNote(note)
    if (!own.ok) return own
    const state = book.get(link.id)?.state
    if (state === 'mutual') return err(failure('already-contact'))
    if (state === 'blocked') return err(failure('blocked'))
    if (state === undefined && countAsked() >= ASKED_MAX) return err(failure('too-many', { limit: ASKED_MAX }))
    const mine = { ...link, now: now(), note: own.value }
    await book.change(link.id, (row) =>
      // Somebody else's change may have come first: a contact or a blocked person stays one.
      row?.state === 'mutual' || row?.state === 'blocked' ? row : ask(row, link.id, mine),
    )
    return ok({ contact: link.id })
  }

  function countAsked(): number {
    let count = 0
    for (const { state } of book.rows()) if (state === 'asked') count++
    return count
  }

  /** Changes somebody known; `decide` says nothing where that makes no sense in the present state. */
  async function change(id: PeerId, decide: (row: StoredContact) => StoredContact | undefined): Done {
    const outcome: { failure?: Failure } = {}
    await book.change(id, (row) => {
      const next = row && decide(row)
      if (next === undefined) outcome.failure = failure(row === undefined ? 'not-found' : 'not-allowed')
      return next ?? row
    })
    return outcome.failure === undefined ? ok(null) : err(outcome.failure)
  }

  /** Changes somebody known to nobody, or to whatever `decide` says. */
  async function removeWhere(id: PeerId, isRight: (row: StoredContact) => boolean, then: typeof unblock): Done {
    const row = book.get(id)
    if (row === undefined) return err(failure('not-found'))
    if (!isRight(row)) return err(failure('not-allowed'))
    await book.change(id, (newest) => (newest !== undefined && isRight(newest) ? then(newest) : newest))
    return ok(null)
  }

  return {
    preview(link) {
      const read = readLink(link, self)
      if (!read.ok) return read
      const { id, name, addresses, relays, createdAt } = read.value
      const known = book.get(id)?.state
      return ok({
        id,
        name,
        addresses,
        relays,
        ...(createdAt === undefined ? {} : { createdAt }),
        ...(known === undefined ? {} : { known }),
      })
    },
    async add(link, note) {
      const read = readLink(link, self)
      return read.ok ? request(read.value, note) : read
    },
    async ask(id, note) {
      if (!isPeerId(id)) return err(failure('not-found'))
      if (id === self) return err(failure('invite-own'))
      const asked = await request({ id, name: '', addresses: [], relays: [] }, note)
      return asked.ok ? ok(null) : asked
    },
    accept: (id) => change(id, (row) => accept(row, now())),
    ignore: (id) => change(id, ignore),
    async block(id) {
      if (!isPeerId(id) || id === self) return err(failure('not-found'))
      await book.change(id, (row) => block(row, id, now()))
      return ok(null)
    },
    unblock: (id) => removeWhere(id, ({ state }) => state === 'blocked', unblock),
    cancel: (id) =>
      removeWhere(
        id,
        ({ state }) => state === 'asked',
        () => undefined,
      ),
    async rename(id, raw) {
      const name = raw.trim() === '' ? ok('') : checkName(raw)
      if (!name.ok) return name
      return change(id, ({ givenName: _old, ...row }) => (name.value === '' ? row : { ...row, givenName: name.value }))
    },
    setRelayOnly: (id, isRelayOnly) =>
      change(id, (row) => (row.isRelayOnly === isRelayOnly ? row : { ...row, isRelayOnly })),
    setVerified: (id, isVerified) =>
      change(id, (row) => (row.isVerified === isVerified ? row : { ...row, isVerified })),
    safetyNumber: (id) =>
      isPeerId(id) && id !== self ? ok({ digits: safetyNumber(self, id) }) : err(failure('not-found')),
  }
}

function checkNote(note: string): Result<string, Failure> {
  const cleaned = cleanNote(note, NOTE_MAX_CHARACTERS)
  // Compared before the cut: nobody's words are shortened behind their back.
  if (countGraphemes(note.trim()) > NOTE_MAX_CHARACTERS)
    return err(failure('too-long', { limit: NOTE_MAX_CHARACTERS, unit: 'characters' }))
  return ok(cleaned)
}
