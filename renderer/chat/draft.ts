import { useEffect, useRef, useState } from 'react'
import type { Conversation } from '../../shared/domain/message.ts'
import { ask } from '../messenger.ts'

// Long enough not to write to the disk at every letter, short enough that a crash costs no sentence.
const SAVE_PAUSE_MS = 400

/** What is being written in a conversation; kept by the messenger, so that it survives everything. */
export function useDraft(conversation: Conversation): readonly [text: string, setText: (text: string) => void] {
  const [text, setText] = useState(conversation.draft ?? '')
  const saved = useRef(text)
  const { id } = conversation
  useEffect(() => {
    const save = () => {
      if (saved.current === text) return
      saved.current = text
      void ask('conversation.draft', { conversation: id, text })
    }
    // An emptied box was sent or given up: that is not put off.
    const timer = setTimeout(save, text === '' ? 0 : SAVE_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, id])

  // Leaving the conversation within the pause.
  const latest = useRef(text)
  latest.current = text
  useEffect(
    () => () => {
      if (saved.current !== latest.current) void ask('conversation.draft', { conversation: id, text: latest.current })
    },
    [id],
  )
  return [text, setText]
}
