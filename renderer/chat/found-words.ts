/** A stretch of a text that was found: one of the words looked for, or what lies between. */
export interface FoundPiece {
  readonly text: string
  readonly isFound: boolean
}

// So much may stand before the first found word in a row of the list, without pushing it out of sight.
const BEFORE_FIRST_CHARACTERS = 16

/** Cuts a text where words looked for stand in it, in any case; a text that has none stays whole. */
export function foundPieces(text: string, search: string): readonly FoundPiece[] {
  const wanted = search
    .split(/\s+/u)
    .filter((word) => word !== '')
    .sort((one, other) => other.length - one.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'))
  if (wanted.length === 0) return text === '' ? [] : [{ text, isFound: false }]
  return text
    .split(new RegExp(`(${wanted.join('|')})`, 'giu'))
    .map((piece, at) => ({ text: piece, isFound: at % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}

/** The text from a little before its first found word, where that would stand too far to the right. */
export function fromFirstFound(text: string, search: string): { readonly text: string; readonly isCut: boolean } {
  const [before, found] = foundPieces(text, search)
  if (before === undefined || before.isFound || found === undefined) return { text, isCut: false }
  const from = before.text.length - BEFORE_FIRST_CHARACTERS
  if (from <= 0) return { text, isCut: false }
  const nextWord = before.text.slice(from).search(/\s\S/u)
  return { text: text.slice(nextWord < 0 ? before.text.length : from + nextWord + 1), isCut: true }
}
