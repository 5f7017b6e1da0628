import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { VListHandle } from 'virtua'
import { type Row, rowIndexOf } from './rows.ts'
import type { Place } from './window.ts'

/** Takes the log to where it is wanted: once for each place that is named, and when it is first drawn. */
export function usePlace(
  list: RefObject<VListHandle | null>,
  rows: readonly Row[],
  place: Place,
  isAtEnd: { current: boolean },
): void {
  const reached = useRef<Place>(undefined)
  useLayoutEffect(() => {
    if (reached.current === place) return
    const index =
      place.at === 'message'
        ? rowIndexOf(rows, place.id)
        : place.at === 'unread'
          ? rows.findIndex(({ kind }) => kind === 'unread')
          : -1
    reached.current = place
    isAtEnd.current = index < 0
    const align = place.at === 'message' ? 'center' : 'start'
    if (index >= 0) list.current?.scrollToIndex(index, { align })
    else list.current?.scrollToIndex(rows.length - 1, { align: 'end' })
  }, [list, rows, place, isAtEnd])
}
