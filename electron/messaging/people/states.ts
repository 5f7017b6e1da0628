import type { ContactState } from '../../../shared/domain/contact.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { StoredContact } from '../../storage/tables/contacts.ts'
import type { AddressRecord } from './exchange/address-record.ts'
import type { Answer, Ask } from './exchange/frames.ts'

// How people come to stand to each other: pure functions from what is known and what happened to what is known next.
// `none → asked → mutual`, `none → asks-me → mutual | ignored | blocked`.

/** What a request of theirs makes of a person, and what it is answered with. */
export interface Verdict {
  readonly row: StoredContact
  readonly answer: Answer['answer']
}

/** What is known of their request besides the frame itself. */
export interface AskedWith {
  readonly now: number
  /** The invite of mine whose token they present, withdrawn or not. */
  readonly inviteId?: string
  /** That token is live, and requests with a live token are to be accepted. */
  readonly isWelcome: boolean
}

/** Somebody asks me. Ignored and blocked people get the same answer as those I have not decided on. */
export function onAsk(
  row: StoredContact | undefined,
  id: PeerId,
  ask: Ask,
  { now, inviteId, isWelcome }: AskedWith,
): Verdict {
  const known = withRecord({ ...(row ?? newcomer(id, 'asks-me', now)), lastSeen: now }, ask.record)
  switch (row?.state) {
    case 'ignored':
    case 'blocked':
      return { row: known, answer: 'pending' }
    case 'asked':
    case 'mutual':
      // Crossed requests, a repeated one, or the news that mine was accepted: each of them means both want it.
      return { row: mutual({ ...known, name: ask.name }, now, true), answer: 'accepted' }
    case 'asks-me':
    case undefined: {
      const { note: _old, ...rest } = known
      const asking: StoredContact = {
        ...rest,
        name: ask.name,
        ...(ask.note === '' ? {} : { note: ask.note }),
        ...(inviteId === undefined ? {} : { inviteId }),
      }
      return isWelcome ? { row: mutual(asking, now, true), answer: 'accepted' } : { row: asking, answer: 'pending' }
    }
  }
}

/** My request was answered. */
export function onAnswer(row: StoredContact, answer: Answer, now: number): StoredContact {
  if (answer.answer !== 'accepted' || (row.state !== 'asked' && row.state !== 'mutual')) return row
  return mutual(withRecord({ ...row, name: answer.name, lastSeen: now }, answer.record), now, true)
}

/** What I bring along when I ask somebody. */
export interface MyAsk {
  readonly now: number
  readonly name: string
  readonly note: string
  readonly addresses: readonly string[]
  readonly token?: Uint8Array
}

/** I ask somebody. Whoever asks me already, or was ignored, becomes a contact at once. */
export function ask(
  row: StoredContact | undefined,
  id: PeerId,
  { now, name, note, addresses, token }: MyAsk,
): StoredContact {
  const known = row ?? newcomer(id, 'asked', now)
  const asked: StoredContact = {
    ...known,
    // The name in the link stands until the person tells it.
    name: known.name || name,
    ...(note === '' ? {} : { ownNote: note }),
    ...(token === undefined ? {} : { token }),
    givenAddresses: addresses.length > 0 ? addresses : known.givenAddresses,
  }
  if (row?.state === 'asks-me' || row?.state === 'ignored') return mutual(asked, now, false)
  return asked
}

/** I accept somebody who asked. The other side learns it by a request of mine. */
export function accept(row: StoredContact, now: number): StoredContact | undefined {
  if (row.state === 'mutual') return row
  return row.state === 'asks-me' || row.state === 'ignored' ? mutual(row, now, false) : undefined
}

export function ignore(row: StoredContact): StoredContact | undefined {
  if (row.state === 'ignored') return row
  return row.state === 'asks-me' ? { ...row, state: 'ignored' } : undefined
}

/** Blocks anybody, known or not. */
export function block(row: StoredContact | undefined, id: PeerId, now: number): StoredContact {
  if (row === undefined) return newcomer(id, 'blocked', now)
  return row.state === 'blocked' ? row : { ...row, state: 'blocked', stateBefore: row.state }
}

/** Everything is as it was before; nothing is left of somebody who was only blocked. */
export function unblock(row: StoredContact): StoredContact | undefined {
  if (row.state !== 'blocked') return row
  const { stateBefore, ...rest } = row
  // While the door was shut the other side may have given up: it is told again.
  return stateBefore === undefined ? undefined : { ...rest, state: stateBefore, isConfirmed: false }
}

/** Takes a newer record of theirs over. An older or equal one changes nothing. */
export function withRecord(row: StoredContact, record: AddressRecord | undefined): StoredContact {
  if (record === undefined || record.number <= row.recordNumber) return row
  return { ...row, recordNumber: record.number, relayed: record.relayed, direct: record.direct }
}

/** Somebody of whom nothing was known. */
export function newcomer(id: PeerId, state: Exclude<ContactState, 'none'>, now: number): StoredContact {
  return {
    id,
    state,
    name: '',
    isConfirmed: false,
    isRelayOnly: false,
    isVerified: false,
    since: now,
    givenAddresses: [],
    relayed: [],
    direct: [],
    recordNumber: 0,
    told: [],
  }
}

function mutual(row: StoredContact, now: number, isConfirmed: boolean): StoredContact {
  const { token, ...rest } = row
  const isSettled = row.isConfirmed || isConfirmed
  return {
    ...rest,
    // A token has done its work once the other side knows; what is kept no longer cannot be found.
    ...(isSettled || token === undefined ? {} : { token }),
    state: 'mutual',
    isConfirmed: isSettled,
    since: row.state === 'mutual' ? row.since : now,
  }
}
