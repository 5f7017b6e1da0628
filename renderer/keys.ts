import { useEffect, useRef } from 'react'
import { entriesOf } from './chat/entries.ts'
import { findInChats } from './focus.ts'
import { meaningOf, type WindowKey } from './key-map.ts'
import { go, href, type Route } from './route.ts'
import { isDialogOpen } from './ui/dialog.tsx'
import { useRow, useView } from './views.ts'

const finders: (() => void)[] = []

/** Registers what looks for words on the page shown now, as an open conversation does. Returns what ends that. */
export function onFind(find: () => void): () => void {
  finders.push(find)
  return () => {
    const at = finders.lastIndexOf(find)
    if (at >= 0) finders.splice(at, 1)
  }
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select')

/** Where Escape leads: out of the panel, else back to the list. */
function routeBack(route: Route): string | undefined {
  if (route.detail !== undefined) return href(route.page, route.id)
  return route.id === undefined ? undefined : href(route.page)
}

function goBack(route: Route): void {
  const back = routeBack(route)
  // A wide window shows the list already: there, Escape only gives it the focus.
  const list = document.querySelector<HTMLElement>('.list [aria-current]')
  if (route.detail === undefined && list?.checkVisibility()) list.focus()
  else if (back !== undefined) go(back)
}

/** The keys that work everywhere, as key-map.ts lists them. None does while a dialog wants an answer. */
export function useKeys(route: Route, show: { readonly palette: () => void; readonly sheet: () => void }): void {
  const conversations = useView('conversations')
  const people = useView('people')
  const shell = useRow('shell')
  const walk = (step: 1 | -1) => {
    const all = entriesOf(conversations, people)
    const at = route.page === 'chats' ? all.findIndex(({ conversation }) => conversation.id === route.id) : -1
    const next = all[at < 0 ? 0 : at + step]
    if (next !== undefined) go(next.to)
  }
  const acts: Readonly<Record<WindowKey, () => void>> = {
    palette: show.palette,
    sheet: show.sheet,
    find: () => (finders.at(-1) ?? findInChats)(),
    above: () => walk(-1),
    below: () => walk(1),
    chats: () => go(href('chats')),
    people: () => go(href('people')),
    network: () => go(href('network')),
    settings: () => go(href('settings')),
    add: () => go(href('people', 'add')),
    back: () => goBack(route),
  }
  const latest = useRef({ acts, shell })
  latest.current = { acts, shell }
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isDialogOpen()) return
      const meaning = meaningOf(event, latest.current.shell)
      // A question mark is a letter where one types.
      if (meaning === undefined || (event.key === '?' && isTyping(event.target))) return
      if (meaning !== 'back') event.preventDefault()
      latest.current.acts[meaning]()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
