import { type RefObject, useEffect } from 'react'
import type { Message } from '../../shared/domain/message.ts'

// A line of text has to be on screen, not an edge of it.
const SHOWN_PX = 24

/** Tells when a message stands on the screen; without one nobody wants to know. */
export function useShown(
  place: RefObject<HTMLElement | null>,
  message: Message | undefined,
  onShown: ((message: Message) => void) | undefined,
): void {
  useEffect(() => {
    if (place.current === null || message === undefined || onShown === undefined) return
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { intersectionRect, boundingClientRect } of entries)
          if (intersectionRect.height >= Math.min(SHOWN_PX, boundingClientRect.height * 0.9)) onShown(message)
      },
      { threshold: [0.1, 0.25, 0.5, 0.75, 0.95] },
    )
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [place, message, onShown])
}
