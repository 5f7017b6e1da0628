/** A stretch of a text that was found: one of the words looked for, or what lies between. */
export interface FoundPiece {
  readonly text: string
  readonly isFound: boolean
}

// So much may stand before the first found word in a row of the list, without pushing it out of sight.
const BEFORE_FIRST_CHARACTERS = 16

/** A text as the search compares it: small letters without their accents, each with its place in the original. */
function folded(text: string): { readonly letters: string; readonly places: readonly number[] } {
  let letters = ''
  const places: number[] = []
  let at = 0
  for (const character of text) {
    const plain = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    for (let unit = 0; unit < plain.length; unit++) places.push(at)
    letters += plain
    at += character.length
  }
  places.push(text.length)
  return { letters, places }
}

/**
 * Cuts a text where words looked for stand in it, as the search of the messenger finds them: in any case, with or without
 * accents, at the beginning of a word. A text that has none stays whole.
 */
export function foundPieces(text: string, search: string): readonly FoundPiece[] {
  const wanted = [...new Set(folded(search).letters.split(/\s+/u))]
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .sort((one, other) => other.length - one.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'))
  if (text === '') return []
  if (wanted.length === 0) return [{ text, isFound: false }]
  const { letters, places } = folded(text)
  const pieces: FoundPiece[] = []
  let from = 0
  for (const found of letters.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])(?:${wanted.join('|')})`, 'gu'))) {
    const start = places[found.index] ?? 0
    // To where the next letter begins: an accent that stands by itself belongs to the one before it.
    const end = places[found.index + found[0].length] ?? text.length
    if (start > from) pieces.push({ text: text.slice(from, start), isFound: false })
    pieces.push({ text: text.slice(start, end), isFound: true })
    from = end
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isFound: false })
  return pieces
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
