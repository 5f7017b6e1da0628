import { useEffect, useState } from 'react'
import { Button } from './button.tsx'

// Long enough to be read, short enough that the next look finds the button as it was.
const SAID_FOR_MS = 2_500

/** Copies a text and says so on itself. */
export function CopyButton({
  text,
  label,
  done,
  kind = 'plain',
  isSmall = false,
}: {
  readonly text: string
  readonly label: string
  readonly done: string
  readonly kind?: 'plain' | 'main' | 'flat'
  readonly isSmall?: boolean
}) {
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), SAID_FOR_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <>
      <Button
        kind={kind}
        isSmall={isSmall}
        icon={isCopied ? 'check' : 'copy'}
        onClick={() => void copyText(text).then(() => setIsCopied(true))}
      >
        {label}
      </Button>
      <span className="s12 soft" role="status">
        {isCopied ? done : ''}
      </span>
    </>
  )
}

/** Puts a text on the clipboard; on an origin without the clipboard's newer door, through a selection. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const box = document.createElement('textarea')
    box.value = text
    // While a dialog is open, nothing outside of it can be selected.
    const place = document.querySelector('dialog:modal') ?? document.body
    place.append(box)
    box.select()
    document.execCommand('copy')
    box.remove()
  }
}
