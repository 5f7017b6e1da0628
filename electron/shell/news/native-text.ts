// What others wrote, where the system draws it: it is told apart from the system's own words by nothing but its shape.

const SPACES = /[\s\p{Z}]+/gu
// Control, format (bidi among them), private-use and unassigned characters. The two joiners stay: emoji and Persian need them.
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu
// More marks on one letter than any language uses run into the lines above and below.
const TOO_MANY_MARKS = /(\p{M}{4})\p{M}+/gu
// Junk far over every limit is cut before the expensive steps.
const RAW_MAX_CHARACTERS = 4_096
/** A notification shows two or three lines. */
export const NATIVE_TEXT_MAX_CHARACTERS = 200

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A text of somebody else as one line, cleaned, of at most 200 characters with the dots behind it. */
export function oneLine(raw: string, maxCharacters = NATIVE_TEXT_MAX_CHARACTERS): string {
  const text = raw
    .slice(0, RAW_MAX_CHARACTERS)
    .replace(SPACES, ' ')
    .replace(UNSEEN, '')
    .replace(TOO_MANY_MARKS, '$1')
    .replace(SPACES, ' ')
    .trim()
  if (text.length <= maxCharacters) return text
  let end = 0
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > maxCharacters - 1) break
    end = index + segment.length
  }
  return `${text.slice(0, end).trimEnd()}…`
}

/** The same words where the notification server of a Linux desktop reads markup: a tag is shown, not obeyed. */
export const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
