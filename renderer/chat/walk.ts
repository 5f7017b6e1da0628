import type { KeyboardEvent } from 'react'

/** Arrows walk from message to message; Enter opens what can be done with one. */
export function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const log = event.currentTarget
  const messages = [...log.querySelectorAll<HTMLElement>('.msg')]
  const at = document.activeElement instanceof HTMLElement ? messages.indexOf(document.activeElement) : -1
  const isOnLog = event.target === log
  if (event.key === 'Enter' && at >= 0) {
    event.preventDefault()
    messages[at]?.querySelector<HTMLElement>('.msg-actions button')?.click()
    return
  }
  if ((at < 0 && !isOnLog) || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || event.altKey) return
  event.preventDefault()
  const step = event.key === 'ArrowUp' ? -1 : 1
  // From the log itself: the message that stands lowest on screen.
  const bottom = log.getBoundingClientRect().bottom
  const lowest = messages.findLast((message) => message.getBoundingClientRect().top < bottom)
  const next = at < 0 ? lowest : messages[at + step]
  if (next === undefined) log.scrollBy(0, (step * log.clientHeight) / 2)
  else next.focus()
}
