import { useEffect, useRef, useState } from 'react'
import { DRAFT_MAX_BYTES } from '../../shared/domain/limits.ts'
import type { Conversation, ConversationId } from '../../shared/domain/message.ts'
import { ask } from '../messenger.ts'

// Long enough not to write to the disk at every letter, short enough that a crash costs no sentence.
const SAVE_PAUSE_MS = 400

// Typed in this window. The messenger does not keep what is far too long to be sent, so the window does.
const typedHere = new Map<ConversationId, string>()

/** A locked window holds nothing of the profile. */
export const forgetDrafts = (): void => typedHere.clear()

/** What is being written in a conversation. */
export interface Draft {
  readonly text: string
  readonly setText: (text: string) => void
  /** False until the whole draft is here: changing its beginning alone would lose the rest. */
  readonly isReady: boolean
}

/**
 * What is being written in a conversation; kept by the messenger, so that it survives everything.
 * The row holds the beginning of it only, `loaded` the whole.
 */
export function useDraft(
  { id, draft: beginning }: Conversation,
  loaded: { readonly draft?: string | undefined } | undefined,
): Draft {
  const [typed, setTyped] = useState(typedHere.get(id))
  const saved = useRef(typed)
  useEffect(() => {
    if (typed === undefined) return
    const timer = setTimeout(
      () => {
        if (saved.current !== typed) save(id, typed)
        saved.current = typed
      },
      // An emptied box was sent or given up: that is not put off.
      typed === '' ? 0 : SAVE_PAUSE_MS,
    )
    return () => clearTimeout(timer)
  }, [typed, id])

  // Leaving the conversation within the pause.
  const latest = useRef(typed)
  latest.current = typed
  useEffect(
    () => () => {
      if (latest.current !== undefined && saved.current !== latest.current) save(id, latest.current)
    },
    [id],
  )
  return {
    text: typed ?? (loaded === undefined ? beginning : loaded.draft) ?? '',
    isReady: typed !== undefined || beginning === undefined || loaded !== undefined,
    setText(text) {
      typedHere.set(id, text)
      setTyped(text)
    },
  }
}

const utf8 = new TextEncoder()

/** Longer than the messenger keeps: it stays in this window only. */
export const isKeptHereOnly = (text: string): boolean => utf8.encode(text).length > DRAFT_MAX_BYTES

function save(conversation: ConversationId, text: string): void {
  if (!isKeptHereOnly(text)) void ask('conversation.draft', { conversation, text })
}
