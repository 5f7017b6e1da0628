import { useCallback, useEffect, useRef, useState } from 'react'
import type { Conversation, EntryId, Message } from '../../shared/domain/message.ts'
import { ask } from '../messenger.ts'
import { shownUpTo } from './reading.ts'
import type { MessageWindow } from './window.ts'

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

interface Reading {
  /** To be told of each late message that is on screen; absent while nobody is looking. */
  readonly onLateShown: ((message: Message) => void) | undefined
  /** Late messages that nobody has seen. */
  readonly above: Conversation['late']
}

/**
 * Tells the messenger what was read, while somebody looks at the window: at the end everything in its place counts as
 * shown, a message that landed above only once it was on screen itself. The end is that of the conversation: where only
 * an older stretch is held, there is none.
 */
export function useReading(
  { id, readUpTo, unread, late }: Conversation,
  held: Pick<MessageWindow, 'messages' | 'after'> | undefined,
  isAtEnd: boolean,
): Reading {
  const isLooking = useIsLooking()
  const [shownLate, setShownLate] = useState<ReadonlyMap<EntryId, number>>(new Map())
  const shownTo = useRef(0)
  const asked = useRef<EntryId>(undefined)
  const onLateShown = useCallback(
    (message: Message) =>
      setShownLate((known) => (known.has(message.id) ? known : new Map(known).set(message.id, message.arrival))),
    [],
  )
  const messages = held?.messages
  const hasNewest = held !== undefined && held.after === undefined
  useEffect(() => {
    if (!isLooking || messages === undefined) return
    if (isAtEnd && hasNewest)
      shownTo.current = messages.reduce((most, { arrival }) => Math.max(most, arrival), shownTo.current)
    const upTo = shownUpTo(
      messages,
      { readUpTo, unread, ...(late ? { late } : {}) },
      (message) => (message.isLate ? shownLate.has(message.id) : message.arrival <= shownTo.current),
      { shownLate, ...(hasNewest ? {} : { shownTo: Math.max(shownTo.current, readUpTo) }) },
    )
    if (upTo === undefined || upTo === asked.current) return
    asked.current = upTo
    void ask('conversation.read', { conversation: id, upTo }).then(({ ok }) => {
      if (!ok && asked.current === upTo) asked.current = undefined
    })
  }, [isLooking, isAtEnd, hasNewest, messages, readUpTo, unread, late, shownLate, id])
  return {
    onLateShown: isLooking ? onLateShown : undefined,
    above: late !== undefined && shownLate.has(late.first) ? undefined : late,
  }
}
