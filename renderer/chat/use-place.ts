import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { VListHandle } from 'virtua'
import { type Row, rowIndexOf } from './rows.ts'
import type { Place } from './window.ts'

// Rows are measured only once they are drawn, so the way to one is found in several steps.
const STEPS_MOST = 40
const ASK_AGAIN_AFTER_STEPS = 8
const STILL_STEPS = 2

/**
 * Takes the log to where it is wanted: once for each place that is named, and when it is first drawn. Until it has
 * arrived, nothing may be put above or below: what it goes to would be another row then. A person who scrolls ends it.
 */
export function usePlace(
  list: RefObject<VListHandle | null>,
  rows: readonly Row[],
  place: Place,
  isAtEnd: { current: boolean },
  onArrived: () => void,
): { readonly current: boolean } {
  const wanted = useRef<Place>(undefined)
  const hasArrived = useRef(false)
  const latest = useRef({ rows, onArrived })
  latest.current = { rows, onArrived }

  useLayoutEffect(() => {
    if (wanted.current === place) return
    wanted.current = place
    hasArrived.current = false
    isAtEnd.current = indexOf(latest.current.rows, place) < 0
    let [step, still, before, frame] = [0, 0, Number.NaN, 0]

    const go = () => {
      const { current: known } = latest
      const index = indexOf(known.rows, place)
      const align = index < 0 ? 'end' : place.at === 'message' ? 'center' : 'start'
      list.current?.scrollToIndex(index < 0 ? known.rows.length - 1 : index, { align })
    }
    const arrive = () => {
      cancelAnimationFrame(frame)
      for (const event of BY_HAND) window.removeEventListener(event, arrive, true)
      if (hasArrived.current) return
      hasArrived.current = true
      latest.current.onArrived()
    }
    const look = () => {
      const { current } = list
      const offset = current?.scrollOffset ?? 0
      still = current && offset === before && isSeen(current, indexOf(latest.current.rows, place)) ? still + 1 : 0
      before = offset
      if (still >= STILL_STEPS || ++step >= STEPS_MOST) return arrive()
      if (still === 0 && step % ASK_AGAIN_AFTER_STEPS === 0) go()
      frame = requestAnimationFrame(look)
    }
    for (const event of BY_HAND) window.addEventListener(event, arrive, { capture: true, passive: true })
    go()
    frame = requestAnimationFrame(look)
    return () => {
      // Another place, or gone: this way ends.
      wanted.current = undefined
      cancelAnimationFrame(frame)
      for (const event of BY_HAND) window.removeEventListener(event, arrive, true)
    }
  }, [list, place, isAtEnd])
  return hasArrived
}

const BY_HAND = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const

function indexOf(rows: readonly Row[], place: Place): number {
  if (place.at === 'message') return rowIndexOf(rows, place.id)
  return place.at === 'unread' ? rows.findIndex(({ kind }) => kind === 'unread') : -1
}

/** Whether the row stands in the window; without one, whether the end does. */
function isSeen(list: VListHandle, index: number): boolean {
  const [top, bottom] = [list.scrollOffset, list.scrollOffset + list.viewportSize]
  if (index < 0) return bottom >= list.scrollSize - 2
  const at = list.getItemOffset(index)
  return at + list.getItemSize(index) > top && at < bottom
}
