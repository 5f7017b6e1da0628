import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { Arrival } from '../shared/contract/views.ts'
import { ask } from './messenger.ts'
import { go, href } from './route.ts'
import { useIsDialogOpen } from './ui/dialog.tsx'
import { useView } from './views.ts'

/** Where an arrival is shown. A link only gets looked at there: nothing is dialled before a person says so. */
export function placeOf(arrival: Arrival): string {
  switch (arrival.kind) {
    case 'link':
      return href('people', 'add', arrival.link)
    case 'conversation':
      return href('chats', arrival.conversation)
    case 'page':
      return href(arrival.page)
    case 'add-person':
      return href('people', 'add')
  }
}

const subscribe = (listener: () => void) => {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}

/**
 * Shows what reached the app from outside, in an open profile and a window that is seen: until then it waits. The
 * messenger gives each to the first window that takes it, so that of two only one goes there.
 */
export function useArrivals(onShow: () => void): void {
  const oldest = useView('arrivals')?.values().next().value
  const isSeen = useSyncExternalStore(subscribe, () => document.visibilityState === 'visible')
  const isAsked = useIsDialogOpen()
  const taking = useRef('')
  useEffect(() => {
    if (oldest === undefined || !isSeen || taking.current === oldest.id) return
    // Another link may be looked at right now, with a note half written.
    if (oldest.kind === 'link' && isAsked) return
    taking.current = oldest.id
    void ask('arrival.taken', { id: oldest.id }).then((taken) => {
      if (!taken.ok) {
        // Nobody else has it: tried again once the messenger is back.
        if (taken.failure.code !== 'not-found') taking.current = ''
        return
      }
      onShow()
      go(placeOf(oldest))
    })
  }, [oldest, isSeen, isAsked, onShow])
}
