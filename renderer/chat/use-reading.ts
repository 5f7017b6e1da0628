import { useEffect, useState } from 'react'
import type { Conversation, Message } from '../../shared/domain/message.ts'
import { ask } from '../messenger.ts'
import { lastArrived } from './timeline.ts'

const look = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

/** Whether somebody can be looking: the window is shown and has the focus. */
function useIsLooking(): boolean {
  const [isLooking, setIsLooking] = useState(look)
  useEffect(() => {
    const update = () => setIsLooking(look())
    window.addEventListener('focus', update)
    window.addEventListener('blur', update)
    document.addEventListener('visibilitychange', update)
    return () => {
      window.removeEventListener('focus', update)
      window.removeEventListener('blur', update)
      document.removeEventListener('visibilitychange', update)
    }
  }, [])
  return isLooking
}

/** Tells the messenger what was read: everything, once the newest message stands on a screen somebody looks at. */
export function useReading(
  conversation: Conversation,
  messages: readonly Message[] | undefined,
  isAtEnd: boolean,
): void {
  const isLooking = useIsLooking()
  const upTo = messages === undefined ? undefined : lastArrived(messages)?.id
  const { id, unread } = conversation
  useEffect(() => {
    if (isLooking && isAtEnd && unread > 0 && upTo !== undefined)
      void ask('conversation.read', { conversation: id, upTo })
  }, [isLooking, isAtEnd, unread, upTo, id])
}
