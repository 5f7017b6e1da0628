import { useEffect } from 'react'
import { entriesOf } from './chat/entries.ts'
import { go, href, type Route } from './route.ts'
import { useView } from './views.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select')

/** Where Escape leads: out of the panel, else back to the list. */
function routeBack(route: Route): string | undefined {
  if (route.detail !== undefined) return href(route.page, route.id)
  return route.id === undefined ? undefined : href(route.page)
}

/** The keys that work everywhere: Escape, Alt with the arrows, and the question mark. */
export function useKeys(route: Route, onSheet: () => void): void {
  const conversations = useView('conversations')
  const people = useView('people')
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      if (event.key === 'Escape') {
        const back = routeBack(route)
        // A wide window shows the list already: there, Escape only gives it the focus.
        const list = document.querySelector<HTMLElement>('.list [aria-current]')
        if (route.detail === undefined && list?.checkVisibility()) list.focus()
        else if (back !== undefined) go(back)
      } else if (event.key === '?' && !isTyping(event.target)) onSheet()
      else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        const all = entriesOf(conversations, people)
        const at = route.page === 'chats' ? all.findIndex(({ conversation }) => conversation.id === route.id) : -1
        const next = all[at < 0 ? 0 : at + (event.key === 'ArrowDown' ? 1 : -1)]
        if (next === undefined) return
        event.preventDefault()
        go(next.to)
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [route, conversations, people, onSheet])
}
