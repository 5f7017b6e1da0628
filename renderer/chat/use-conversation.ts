import { useCallback, useEffect, useRef, useState } from 'react'
import type { HistoryPage } from '../../shared/contract/commands.ts'
import type { Failure } from '../../shared/contract/failures.ts'
import type { ConversationId, EntryId, Message, MessageOrder } from '../../shared/domain/message.ts'
import { ask, bridge } from '../messenger.ts'
import { merge } from './timeline.ts'

const PAGE_MESSAGES = 60
const SEEK_PAGE_MESSAGES = 200

interface Loaded {
  readonly messages: readonly Message[]
  readonly before?: MessageOrder | undefined
  readonly firstUnread?: EntryId | undefined
  /** What was typed and not sent, whole, when the page came. */
  readonly draft?: string | undefined
  /** The last change put messages above the others: the list must keep its place from the end. */
  readonly isPrepended: boolean
}

/** Joins the newest page to what is known. Without a common message there may be a gap between, so the page starts anew. */
function withNewest(known: Loaded | undefined, page: HistoryPage, early: readonly Message[]): Loaded {
  const ids = new Set(known?.messages.map(({ id }) => id))
  const isJoined = page.before === undefined || page.messages.some(({ id }) => ids.has(id))
  if (known === undefined || !isJoined)
    return {
      messages: merge(page.messages, early),
      before: page.before,
      firstUnread: page.firstUnread,
      draft: page.draft,
      isPrepended: false,
    }
  return { ...known, messages: merge(merge(known.messages, page.messages), early), isPrepended: false }
}

/** The messages of one conversation as far as they were fetched. */
export interface OpenConversation {
  /** `undefined` until the first page arrived. */
  readonly loaded: Loaded | undefined
  readonly failure: Failure | undefined
  readonly loadOlder: () => void
  /** Fetches back until the message is here; answers whether it was found. */
  readonly seek: (message: EntryId) => Promise<boolean>
}

/** Opens a conversation: hears its changes, fetches its history page by page, heals after a lost connection. */
export function useConversation(conversation: ConversationId): OpenConversation {
  const [loaded, setLoaded] = useState<Loaded>()
  const [failed, setFailed] = useState<Failure>()
  const isLoading = useRef(false)
  const latest = useRef<Loaded>(undefined)
  latest.current = loaded

  useEffect(() => {
    let isOpen = true
    // Heard before the first page is here: it may be newer than that page.
    const early: Message[] = []
    const loadNewest = async () => {
      const page = await ask('message.history', { conversation, limit: PAGE_MESSAGES })
      if (!isOpen) return
      if (!page.ok) return setFailed(page.failure)
      setFailed(undefined)
      setLoaded((known) => withNewest(known, page.value, early.splice(0)))
    }
    const stopHearing = bridge.hear(conversation, ({ messages }) => {
      if (!isOpen) return
      if (latest.current === undefined) early.push(...messages)
      setLoaded((known) => known && { ...known, messages: merge(known.messages, messages), isPrepended: false })
    })
    const stopConnection = bridge.onConnection((isConnected) => {
      if (isConnected) void loadNewest()
    })
    return () => {
      isOpen = false
      stopHearing()
      stopConnection()
    }
  }, [conversation])

  const fetchOlder = useCallback(
    async (limit: number): Promise<Loaded | undefined> => {
      const before = latest.current?.before
      if (isLoading.current || before === undefined) return undefined
      isLoading.current = true
      const page = await ask('message.history', { conversation, before, limit })
      isLoading.current = false
      if (!page.ok) return undefined
      const known = latest.current
      if (known === undefined) return undefined
      const next: Loaded = {
        ...known,
        messages: merge(known.messages, page.value.messages),
        before: page.value.before,
        firstUnread: known.firstUnread ?? page.value.firstUnread,
        isPrepended: true,
      }
      latest.current = next
      setLoaded(next)
      return next
    },
    [conversation],
  )

  const loadOlder = useCallback(() => void fetchOlder(PAGE_MESSAGES), [fetchOlder])
  const seek = useCallback(
    async (message: EntryId) => {
      let known = latest.current
      while (known !== undefined) {
        if (known.messages.some(({ id }) => id === message)) return true
        known = await fetchOlder(SEEK_PAGE_MESSAGES)
      }
      return false
    },
    [fetchOlder],
  )
  return { loaded, failure: failed, loadOlder, seek }
}
