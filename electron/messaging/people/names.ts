import { type Failure, failure } from '../../../shared/contract/failures.ts'
import { NAME_MAX_BYTES, NAME_MAX_GRAPHEMES } from '../../../shared/domain/limits.ts'
import { err, ok, type Result } from '../../../shared/result.ts'

// Names and notes are written by strangers and shown beside our own words. Whatever cannot be seen goes.

// Control, format (bidi, zero-width, tags), surrogate, private-use and unassigned characters.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu
// Letters and marks that Unicode itself calls ignorable (fillers, joiners, variation selectors), and the empty Braille cell.
// U+FE0F stays behind a pictograph: it is what turns ☺ into an emoji.
const BLANK = /(?!\uFE0F)\p{Default_Ignorable_Code_Point}|(?<!\p{Extended_Pictographic})\uFE0F|\u2800/gu
const SPACES = /[\s\p{Z}]+/gu
// More marks on one letter than any language uses run into the lines above and below.
const TOO_MANY_MARKS = /(\p{M}{4})\p{M}+/gu

// Junk far over every limit is cut before the expensive steps.
const RAW_MAX_CHARACTERS = 4_096

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A name as it may be shown: cleaned, and cut to the limits. May be empty. */
export function cleanName(raw: string): string {
  return cut(clean(raw), NAME_MAX_GRAPHEMES, NAME_MAX_BYTES)
}

/** A note of a stranger as it may be shown. Line breaks become spaces. */
export function cleanNote(raw: string, maxGraphemes: number): string {
  return cut(clean(raw), maxGraphemes, maxGraphemes * 16)
}

/** The user's own choice of a name: cleaned, but refused rather than cut. */
export function checkName(raw: string): Result<string, Failure> {
  if (raw.length > RAW_MAX_CHARACTERS) return err(tooLong())
  const name = clean(raw)
  if (name === '') return err(failure('empty'))
  return cut(name, NAME_MAX_GRAPHEMES, NAME_MAX_BYTES) === name ? ok(name) : err(tooLong())
}

/** How many characters a reader would count. */
export function countGraphemes(text: string): number {
  return [...graphemes.segment(text)].length
}

function clean(raw: string): string {
  return (
    raw
      .slice(0, RAW_MAX_CHARACTERS)
      .normalize('NFC')
      .replace(SPACES, ' ')
      .replace(INVISIBLE, '')
      .replace(BLANK, '')
      .replace(TOO_MANY_MARKS, '$1')
      // Taking a character out can bring together what composes.
      .normalize('NFC')
      .replace(SPACES, ' ')
      .trim()
  )
}

function cut(text: string, maxGraphemes: number, maxBytes: number): string {
  let kept = ''
  let count = 0
  for (const { segment } of graphemes.segment(text)) {
    if (++count > maxGraphemes || Buffer.byteLength(kept + segment) > maxBytes) break
    kept += segment
  }
  return kept.trim()
}

const tooLong = () => failure('too-long', { limit: NAME_MAX_GRAPHEMES, unit: 'characters', bytes: NAME_MAX_BYTES })
