import { useEffect } from 'react'
import { notice } from './notice.ts'
import { words } from './words/words.ts'

/** What is dragged or pasted, as far as it matters here. */
export interface Carried {
  readonly hasFiles: boolean
  readonly hasText: boolean
  readonly isOverField: boolean
  readonly isOverConversation: boolean
}

/** `ignore`: the browser may do what it does with text in a field. `refuse`: nothing happens. `say`: that, and a sentence. */
export function judgeCarried({ hasFiles, isOverField, isOverConversation }: Carried): 'ignore' | 'refuse' | 'say' {
  // A file would be opened in place of the window, and so would an address dropped beside a field.
  if (hasFiles) return isOverConversation ? 'say' : 'refuse'
  return isOverField ? 'ignore' : 'refuse'
}

/** A paste harms nothing; only a file that would silently go nowhere is spoken of. Text that brings its picture along is text. */
export const judgePasted = ({ hasFiles, hasText, isOverConversation }: Carried): 'ignore' | 'say' =>
  hasFiles && !hasText && isOverConversation ? 'say' : 'ignore'

function carriedBy(data: DataTransfer | null, target: EventTarget | null): Carried {
  const over = target instanceof Element ? target : undefined
  const types = data?.types ?? []
  return {
    hasFiles: types.includes('Files'),
    hasText: types.includes('text/plain'),
    isOverField: over !== undefined && over.closest('input, textarea') !== null,
    isOverConversation: over !== undefined && over.closest('.content:has(.compose)') !== null,
  }
}

/** Keeps what is dropped on the window from taking its place. */
export function useDropGuard(): void {
  useEffect(() => {
    const stops = new AbortController()
    const listen = { signal: stops.signal }
    window.addEventListener(
      'dragover',
      (event) => {
        const judged = judgeCarried(carriedBy(event.dataTransfer, event.target))
        if (judged === 'ignore') return
        event.preventDefault()
        // Without a drop there would be no moment to say the sentence.
        if (event.dataTransfer !== null) event.dataTransfer.dropEffect = judged === 'say' ? 'copy' : 'none'
      },
      listen,
    )
    window.addEventListener(
      'drop',
      (event) => {
        const judged = judgeCarried(carriedBy(event.dataTransfer, event.target))
        if (judged === 'ignore') return
        event.preventDefault()
        if (judged === 'say') notice(words.shell.noFiles)
      },
      listen,
    )
    window.addEventListener(
      'paste',
      (event) => {
        if (judgePasted(carriedBy(event.clipboardData, event.target)) === 'say') notice(words.shell.noFiles)
      },
      listen,
    )
    return () => stops.abort()
  }, [])
}
