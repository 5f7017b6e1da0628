import { find } from 'linkifyjs'

/** A stretch of text; with `href` it is an address that can be opened. */
export interface Piece {
  readonly text: string
  readonly href?: string
}

// Without a scheme, a full stop between two words is mostly no address but a file (notes.md, main.rs) or a slip.
const SURELY_AN_ADDRESS = /^www\.|^[^/]+\.(com|org|net|edu|gov|eu|info)(?=$|[/:?#])|^[^/]+\.[^/]+\/./iu
// Signs without a width of their own and those that turn the direction: an address with them reads as another one.
const MISLEADING = /[\p{Cf}\p{Cc}\p{DI}]/u

/** Cuts a text into plain stretches and addresses of the web. Nothing is asked for or looked up. */
export function piecesOf(text: string): readonly Piece[] {
  // Every address has one of these; most messages have none.
  if (!/[.:]/.test(text)) return text === '' ? [] : [{ text }]
  const pieces: Piece[] = []
  let from = 0
  for (const { value, href, start, end } of find(text, 'url', { defaultProtocol: 'https' })) {
    const hasScheme = /^https?:\/\//i.test(value)
    if (!/^https?:\/\//i.test(href) || (!hasScheme && !SURELY_AN_ADDRESS.test(value)) || MISLEADING.test(value))
      continue
    if (start > from) pieces.push({ text: text.slice(from, start) })
    pieces.push({ text: value, href })
    from = end
  }
  if (from < text.length) pieces.push({ text: text.slice(from) })
  return pieces
}
