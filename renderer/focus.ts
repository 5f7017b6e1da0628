import { useEffect, useRef } from 'react'
import { go, href, type Route } from './route.ts'

/**
 * Keeps the focus where a person expects it after the route changed: in the box one writes in when a conversation was
 * opened, on the row one came from after going back, and never on nothing because a column went out of sight.
 */
export function useFocusAfterRoute(route: Route): void {
  const before = useRef<Route>(undefined)
  useEffect(() => {
    const from = before.current
    before.current = route
    // The window has just opened: nobody moved yet.
    if (from === undefined) return
    // After the new page is drawn.
    const frame = requestAnimationFrame(() => {
      const isOpened = route.page === 'chats' && route.id !== undefined && route.id !== from.id
      const target = isOpened ? find('.compose textarea') : isLost() ? afterLoss(route, from) : undefined
      target?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [route])
}

const find = (selector: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>(selector)].find((element) => element.checkVisibility())

const isLost = (): boolean =>
  document.activeElement === null ||
  document.activeElement === document.body ||
  !document.activeElement.checkVisibility()

function afterLoss(route: Route, from: Route): HTMLElement | undefined {
  // The panel is open, or was closed.
  if (route.detail === 'line') return find('.panel .tool')
  if (from.detail === 'line' && route.id === from.id) return find('button.lineword')
  if (route.id === undefined) return find(`.list a[href="${href(from.page, from.id)}"]`) ?? find('.list a')
  return find('.content .tool.back') ?? find('.page')
}

/** Puts the focus into the search over all chats; goes there first where another page, or one conversation, is shown. */
export function findInChats(): void {
  const box = () => find('.list input[type="search"]')
  const isShown = window.location.hash.startsWith(href('chats')) && box() !== undefined
  if (isShown) {
    box()?.focus()
    return
  }
  // The address changes a moment later, and the page is drawn after that.
  const focus = () => requestAnimationFrame(() => box()?.focus())
  window.addEventListener('hashchange', focus, { once: true })
  go(href('chats'))
}
