import { ENTRY_MAX_BYTES } from '../../../../shared/domain/limits.ts'
import type { EntryId } from '../../../../shared/domain/message.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { RefusalReason } from '../../../../shared/domain/refusal.ts'
import { verify } from '../../wire/signing.ts'
import { type Body, decodeBody } from './body.ts'
import { decodeEntry, type Entry, entryId, NO_ENTRY, type SignedEntry } from './entry.ts'
import { isSameLog, type LogKey } from './log-key.ts'

// The verdict on an entry, the same on every replica and in every program. Version 1 never changes; new rules need
// `/sightline/sync/2`. Nothing here may depend on the clock, on settings or on the order of arrival.

/** How far lamport may jump from one entry of a log to the next. */
export const LAMPORT_STEP_MAX = 2 ** 32

/** An entry that holds by itself: read, sized and signed. Whether it fits its log is judged against the entry before it. */
export interface SoundEntry {
  readonly id: EntryId
  readonly entry: Entry
  readonly body: Body
  readonly signed: SignedEntry
}

/** What has to be known of the entry before it. */
export interface Parent {
  readonly id: EntryId
  readonly log: LogKey
  readonly seq: number
  readonly lamport: number
}

/** Judges an entry by itself. The signature comes last because it costs most. */
export function judgeEntry(
  signed: SignedEntry,
  log: LogKey,
  isMember: (author: PeerId) => boolean,
): SoundEntry | RefusalReason {
  if (signed.bytes.length > ENTRY_MAX_BYTES) return 'too-long'
  const entry = decodeEntry(signed.bytes)
  if (!entry) return 'not-readable'
  if (!isSameLog(entry, log)) return 'other-log'
  if (!isMember(entry.author)) return 'not-a-member'
  if (!isCount(entry.seq)) return 'bad-seq'
  if (!isCount(entry.lamport)) return 'bad-lamport'
  if ((entry.seq === 1) !== (entry.previous === NO_ENTRY)) return 'bad-previous'
  const body = decodeBody(entry.kind, entry.body)
  if (typeof body === 'string') return body
  if (!verify('entry', signed.bytes, signed.signature, entry.author)) return 'wrong-signature'
  return { id: entryId(signed.bytes), entry, body, signed }
}

/**
 * Judges a sound entry against the entry that its `previous` names.
 * `gap`: that one is not held here, so nothing can be said yet; the entry is dropped, not refused.
 */
export function judgePlace({ entry }: SoundEntry, parent: Parent | undefined): 'fits' | 'gap' | RefusalReason {
  if (entry.previous === NO_ENTRY) return entry.lamport <= LAMPORT_STEP_MAX ? 'fits' : 'bad-lamport'
  if (!parent) return 'gap'
  if (parent.id !== entry.previous || !isSameLog(parent.log, entry)) return 'bad-previous'
  if (entry.seq !== parent.seq + 1) return 'bad-seq'
  const step = entry.lamport - parent.lamport
  return step > 0 && step <= LAMPORT_STEP_MAX ? 'fits' : 'bad-lamport'
}

/** 1 … 2^53 − 1. */
const isCount = (number: number): boolean => Number.isSafeInteger(number) && number > 0
