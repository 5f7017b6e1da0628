import { useSyncExternalStore } from 'react'

// Long enough to be read twice.
const SHOWN_FOR_MS = 5_000

let said: { readonly text: string } | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

const tell = (next: typeof said) => {
  said = next
  for (const listener of listeners) listener()
}

/** Says one sentence that has no place of its own on the page, such as what came of a command; it goes by itself. */
export function notice(text: string): void {
  clearTimeout(timer)
  timer = setTimeout(tell, SHOWN_FOR_MS, undefined)
  // A new object even for the same words: said again, it is read out again.
  tell({ text })
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The sentence shown now. */
export const useNotice = (): { readonly text: string } | undefined => useSyncExternalStore(subscribe, () => said)
