import { useMemo, useSyncExternalStore } from 'react'

/** Where the window is, as kept in the address's hash: `#/chats/<conversation>/line`. */
export interface Route {
  readonly page: Page
  /** What of the page: a conversation, a person, a section. */
  readonly id?: string
  /** What beside or inside it: `line`, or a message to jump to. */
  readonly detail?: string
}

const pages = ['chats', 'people', 'network', 'settings', 'welcome'] as const
export type Page = (typeof pages)[number]

const isPage = (word: string | undefined): word is Page => pages.some((page) => page === word)

/** Reads a hash; anything unknown is the list of chats. */
export function parseRoute(hash: string): Route {
  const [page, id, detail] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .map((part) => decode(part))
  if (!isPage(page)) return { page: 'chats' }
  return { page, ...(id ? { id } : {}), ...(detail ? { detail } : {}) }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The hash of a route, to be used as an address. */
export function href(page: Page, id?: string, detail?: string): string {
  return `#/${[page, id, detail]
    .filter((part) => part !== undefined)
    .map(encodeURIComponent)
    .join('/')}`
}

/** Goes to a route; `replace` leaves no step to come back to. */
export function go(to: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) window.location.replace(to)
  else window.location.hash = to
}

/**
 * Follows a press on a link of ours at once. Left to the browser, the address changes a task later, and by then a frame
 * of the old page has been drawn first.
 */
export function followAtOnce(event: MouseEvent): void {
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
  const link = event.target instanceof Element ? event.target.closest('a[href^="#/"]') : null
  const to = link?.getAttribute('href')
  if (!isPlain || event.defaultPrevented || !to || to === window.location.hash) return
  event.preventDefault()
  window.history.pushState(null, '', to)
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}

const subscribe = (listener: () => void) => {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

/** The present route; the component is drawn again when it changes. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  return useMemo(() => parseRoute(hash), [hash])
}
