import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'

/** Makes a list one stop for the Tab key; inside it the arrows, Home and End walk from row to row. */
export function useRoving<Element extends HTMLElement>(
  selector = 'a, button',
): { readonly ref: RefObject<Element | null>; readonly onKeyDown: (event: KeyboardEvent) => void } {
  const ref = useRef<Element>(null)
  const rows = () => [...(ref.current?.querySelectorAll<HTMLElement>(selector) ?? [])]
  const stopAt = (stop: HTMLElement | undefined) => {
    for (const row of rows()) row.tabIndex = row === stop ? 0 : -1
  }

  // After every drawing, because rows come and go.
  useEffect(() => {
    const all = rows()
    stopAt(
      all.find((row) => row === document.activeElement) ?? all.find((row) => row.matches('[aria-current]')) ?? all[0],
    )
  })

  return {
    ref,
    onKeyDown: (event) => {
      const all = rows()
      const at = document.activeElement instanceof HTMLElement ? all.indexOf(document.activeElement) : -1
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
      const row = to === undefined ? undefined : all[to]
      if (at === -1 || row === undefined) return
      event.preventDefault()
      stopAt(row)
      row.focus()
    },
  }
}
