import { useMemo } from 'react'
import { OutwardLink } from '../ui/outward-link.tsx'
import { useRow } from '../views.ts'
import { foundPieces } from './found-words.ts'
import { piecesOf } from './links.ts'

// So many accents on one letter are not writing: they would reach over other messages.
const PILED = /\p{M}{4}/u

/** The words of a message, with its addresses as links and what is looked for marked. Shown as they are, never as markup. */
export function MessageWords({ text, marked }: { readonly text: string; readonly marked: string }) {
  const pieces = useMemo(() => piecesOf(text), [text])
  return (
    <span className={PILED.test(text) ? 'words piled' : 'words'} dir="auto">
      {pieces.map(({ text: piece, href }, at) =>
        href === undefined ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change their order
          <Marked key={at} text={piece} search={marked} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change their order
          <Outward key={at} href={href} text={piece} marked={marked} />
        ),
      )}
    </span>
  )
}

function Outward({ href, text, marked }: { readonly href: string; readonly text: string; readonly marked: string }) {
  // A desktop window's shell asks before it opens anything; a browser would not.
  const isBrowser = useRow('shell')?.kind !== 'electron'
  return (
    <OutwardLink href={href} asks={isBrowser}>
      <Marked text={text} search={marked} />
    </OutwardLink>
  )
}

/** A text with the words that were looked for marked in it. */
export function Marked({ text, search }: { readonly text: string; readonly search: string }) {
  if (search === '') return text
  return foundPieces(text, search).map((piece, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change their order
    piece.isFound ? <mark key={at}>{piece.text}</mark> : piece.text,
  )
}
