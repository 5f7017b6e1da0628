/** A stretch of text, or an address in it that can be opened. */
export interface Piece {
  readonly text: string
  readonly isLink: boolean
}

// Only https and http, and not the full stop or bracket that ends the sentence around it.
const ADDRESS = /https?:\/\/[^\s<>"'`]+[^\s<>"'`.,:;!?)\]}]/gu

/** Cuts a text into plain stretches and addresses. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const found of text.matchAll(ADDRESS)) {
    if (found.index > from) pieces.push({ text: text.slice(from, found.index), isLink: false })
    pieces.push({ text: found[0], isLink: true })
    from = found.index + found[0].length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isLink: false })
  return pieces
}
