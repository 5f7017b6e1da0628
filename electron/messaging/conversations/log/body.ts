import { TEXT_MAX_BYTES } from '../../../../shared/domain/limits.ts'
import type { EntryId } from '../../../../shared/domain/message.ts'
import { decodeHex, encodeHex } from '../../wire/hex.ts'
import { type FieldForm, hasBodyForm } from './body-form.ts'
import { DeleteBody, EditBody, ProfileBody, ReactionBody, TextBody } from './entry.pb.js'

/** The numbers of the kinds. Never reused; from FIRST_SILENT on an unknown kind is not shown. */
export const KIND = {
  text: 1,
  reaction: 2,
  edit: 3,
  delete: 4,
  file: 5,
  profile: 128,
  membership: 129,
  prekey: 130,
} as const
export const FIRST_SILENT_KIND = 128

/** Longest emoji of a reaction, in bytes of UTF-8: joined sequences of people and flags reach 35. */
export const EMOJI_MAX_BYTES = 64
/** Longest name in a `profile` entry, in bytes of UTF-8. Longer than a name may be, because readers clean names anyway. */
export const PROFILE_NAME_MAX_BYTES = 256
const ID_BYTES = 32

/** What an entry says. `other`: a kind this version does not read. */
export type Body =
  | { readonly kind: 'text'; readonly text: string; readonly inReplyTo?: EntryId }
  | { readonly kind: 'reaction'; readonly target: EntryId; readonly emoji: string; readonly isOn: boolean }
  | { readonly kind: 'edit'; readonly target: EntryId; readonly text: string }
  | { readonly kind: 'delete'; readonly target: EntryId }
  | { readonly kind: 'profile'; readonly name: string }
  | { readonly kind: 'other'; readonly number: number; readonly bytes: Uint8Array }

/** The fields of the bodies in entry.proto, by kind. */
const FIELDS: ReadonlyMap<number, ReadonlyMap<number, FieldForm>> = new Map([
  [KIND.text, form('bytes', 'bytes')],
  [KIND.reaction, form('bytes', 'bytes', 'bool')],
  [KIND.edit, form('bytes', 'bytes')],
  [KIND.delete, form('bytes')],
  [KIND.profile, form('bytes')],
])

/** Why a body of a known kind is refused. */
export type BodyProblem = 'too-long' | 'not-readable'

/** The number and the bytes that stand for a body in an entry. */
export function encodeBody(body: Body): { readonly kind: number; readonly bytes: Uint8Array } {
  switch (body.kind) {
    case 'text':
      return {
        kind: KIND.text,
        bytes: TextBody.encode({
          text: utf8(body.text),
          ...(body.inReplyTo === undefined ? {} : { inReplyTo: idBytes(body.inReplyTo) }),
        }),
      }
    case 'reaction': {
      const { target, emoji, isOn } = body
      return {
        kind: KIND.reaction,
        bytes: ReactionBody.encode({ target: idBytes(target), emoji: utf8(emoji), isOn }),
      }
    }
    case 'edit':
      return { kind: KIND.edit, bytes: EditBody.encode({ target: idBytes(body.target), text: utf8(body.text) }) }
    case 'delete':
      return { kind: KIND.delete, bytes: DeleteBody.encode({ target: idBytes(body.target) }) }
    case 'profile':
      return { kind: KIND.profile, bytes: ProfileBody.encode({ name: utf8(body.name) }) }
    case 'other':
      return { kind: body.number, bytes: body.bytes }
  }
}

/** Reads a body, or says why this one is refused. Part of the verdict on an entry: version 1 of it never changes. */
export function decodeBody(kind: number, bytes: Uint8Array): Body | BodyProblem {
  const fields = FIELDS.get(kind)
  // The decoder below is forgiving; after this there is nothing left for it to forgive.
  if (fields && !hasBodyForm(bytes, fields)) return 'not-readable'
  try {
    switch (kind) {
      case KIND.text: {
        const { text, inReplyTo } = TextBody.decode(bytes)
        if (text.length > TEXT_MAX_BYTES) return 'too-long'
        if (inReplyTo === undefined) return { kind: 'text', text: textOf(text) }
        return { kind: 'text', text: textOf(text), inReplyTo: idOf(inReplyTo) }
      }
      case KIND.reaction: {
        const { target, emoji, isOn } = ReactionBody.decode(bytes)
        if (emoji.length > EMOJI_MAX_BYTES) return 'too-long'
        return { kind: 'reaction', target: idOf(target), emoji: textOf(emoji), isOn }
      }
      case KIND.edit: {
        const { target, text } = EditBody.decode(bytes)
        if (text.length > TEXT_MAX_BYTES) return 'too-long'
        return { kind: 'edit', target: idOf(target), text: textOf(text) }
      }
      case KIND.delete:
        return { kind: 'delete', target: idOf(DeleteBody.decode(bytes).target) }
      case KIND.profile: {
        const { name } = ProfileBody.decode(bytes)
        if (name.length > PROFILE_NAME_MAX_BYTES) return 'too-long'
        return { kind: 'profile', name: textOf(name) }
      }
      default:
        return { kind: 'other', number: kind, bytes }
    }
  } catch {
    return 'not-readable'
  }
}

/** Does an entry with this body stand on the screen by itself? */
export function isShown(body: Body): boolean {
  return body.kind === 'text' || (body.kind === 'other' && body.number < FIRST_SILENT_KIND)
}

/** The entry that this one changes, if it changes one. */
export function targetOf(body: Body): EntryId | undefined {
  return body.kind === 'reaction' || body.kind === 'edit' || body.kind === 'delete' ? body.target : undefined
}

// `ignoreBOM` keeps a leading U+FEFF: what was written is what is shown.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const textOf = (bytes: Uint8Array): string => strict.decode(bytes)
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

function form(...forms: readonly FieldForm[]): ReadonlyMap<number, FieldForm> {
  return new Map(forms.map((one, index) => [index + 1, one]))
}

function idOf(bytes: Uint8Array): EntryId {
  if (bytes.length !== ID_BYTES) throw new RangeError('an entry id has 32 bytes')
  return encodeHex(bytes)
}

function idBytes(id: EntryId): Uint8Array {
  const bytes = decodeHex(id)
  if (bytes?.length !== ID_BYTES) throw new RangeError('an entry id has 32 bytes')
  return bytes
}
