import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { HistoryPage } from '../../shared/contract/commands.ts'
import type { MessagesChanged } from '../../shared/contract/events.ts'
import type { Failure } from '../../shared/contract/failures.ts'
import type { ConversationId, EntryId } from '../../shared/domain/message.ts'
import { ask, bridge } from '../messenger.ts'
import { open as openNow, takeOpening } from './opening.ts'
import { heard, type MessageWindow, type Place, rejoined, replaced, trimmed, withNewer, withOlder } from './window.ts'

const PAGE_MESSAGES = 80
const AROUND_MESSAGES = 60
type End = 'older' | 'newer'

/** The messages of one conversation as far as they are held, and the ways to others. */
export interface OpenConversation {
  /** `undefined` until the first page arrived. */
  readonly loaded: MessageWindow | undefined
  /** Why it could not be opened, or where it was to go could not be reached. */
  readonly failure: Failure | undefined
  /** Opens it again after that failed. */
  readonly retry: () => void
  /** Why more could not be fetched at one of the ends. */
  readonly failedAt: Readonly<Partial<Record<End, Failure>>>
  readonly loadOlder: (again?: boolean) => void
  readonly loadNewer: (again?: boolean) => void
  readonly jump: (message: EntryId) => void
  readonly toNewest: () => void
}

/**
 * Opens a conversation: hears its changes, fetches its history page by page in both directions, lets go of what is far
 * away, heals after a lost connection. `isAtEnd` tells on which side somebody reads.
 */
export function useConversation(
  conversation: ConversationId,
  first: EntryId | undefined,
  isAtEnd: { readonly current: boolean },
): OpenConversation {
  const [loaded, setLoaded] = useState<MessageWindow>()
  const [failed, setFailed] = useState<Failure>()
  const [failedAt, setFailedAt] = useState<OpenConversation['failedAt']>({})
  // What was decided last, before React has drawn it: answers may come between.
  const latest = useRef<MessageWindow>(undefined)
  const [attempt, setAttempt] = useState(0)
  const busy = useRef(new Set<End>())
  const firstPlace = useRef(first)

  const show = useCallback((next: MessageWindow) => {
    latest.current = next
    setLoaded(next)
  }, [])

  const history = useCallback(
    (place: Partial<HistoryPage> & { readonly around?: EntryId }, limit: number) =>
      ask('message.history', { conversation, limit, ...place }),
    [conversation],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it anew
  useEffect(() => {
    let isOpen = true
    // Heard before the first page is here: it may be newer than that page.
    const early: MessagesChanged[] = []
    const open = async () => {
      const opening = takeOpening(conversation) ?? openNow(conversation)
      const page = await opening.page
      opening.stop()
      if (!isOpen) return
      early.unshift(...opening.changes)
      if (!page.ok) return setFailed(page.failure)
      const there = await firstWindow(page.value, firstPlace.current, (around) => history({ around }, AROUND_MESSAGES))
      if (!isOpen) return
      setFailed(undefined)
      show(early.splice(0).reduce(heard, there))
    }
    const heal = async (known: MessageWindow) => {
      const middle = known.messages[Math.floor(known.messages.length / 2)]
      const [page, around] = await Promise.all([
        history({}, PAGE_MESSAGES),
        // What is held and not the newest may have changed too.
        known.after !== undefined && middle ? history({ around: middle.id }, 200) : undefined,
      ])
      if (!isOpen || latest.current === undefined) return
      let next = latest.current
      if (around?.ok) next = heard(next, { conversation, messages: around.value.messages })
      if (page.ok) show(rejoined(next, page.value))
    }
    const stopHearing = bridge.hear(conversation, (change) => {
      if (!isOpen) return
      const known = latest.current
      if (known === undefined) early.push(change)
      else show(heard(known, change))
    })
    const stopConnection = bridge.onConnection((isConnected) => {
      if (isConnected) void (latest.current === undefined ? open() : heal(latest.current))
    })
    return () => {
      isOpen = false
      stopHearing()
      stopConnection()
    }
  }, [conversation, history, show, attempt])

  const load = useCallback(
    async (end: End, again: boolean) => {
      const known = latest.current
      const from = end === 'older' ? known?.before : known?.after
      if (known === undefined || from === undefined || busy.current.has(end)) return
      // After a failure only a person asks again: scrolling would ask without end.
      if (!again && failedAt[end] !== undefined) return
      busy.current.add(end)
      const page = await history(end === 'older' ? { before: from } : { after: from }, PAGE_MESSAGES)
      busy.current.delete(end)
      const now = latest.current
      if (now === undefined || now.generation !== known.generation) return
      if ((end === 'older' ? now.before : now.after) !== from) return
      setFailedAt(({ [end]: _before, ...others }) => (page.ok ? others : { ...others, [end]: page.failure }))
      if (page.ok) show(end === 'older' ? withOlder(now, page.value) : withNewer(now, page.value))
    },
    [history, show, failedAt],
  )

  // In a step of its own, because the list can follow a change at one end only.
  useEffect(() => {
    if (loaded === undefined) return
    const isReadAtEnd = loaded.grewBy === 'newer' || (loaded.grewBy === 'news' && isAtEnd.current)
    const next = trimmed(loaded, isReadAtEnd ? 'start' : 'end')
    if (next !== loaded && latest.current === loaded) show(next)
  }, [loaded, show, isAtEnd])

  const replace = useCallback(
    async (around: EntryId | undefined, place: Place) => {
      const page = await history(around === undefined ? {} : { around }, AROUND_MESSAGES)
      if (latest.current === undefined) return
      setFailed(page.ok ? undefined : page.failure)
      if (!page.ok) return
      setFailedAt({})
      show(replaced(latest.current, page.value, place))
    },
    [history, show],
  )

  const jump = useCallback(
    (id: EntryId) => {
      const known = latest.current
      if (known === undefined) firstPlace.current = id
      else if (known.messages.some((message) => message.id === id)) {
        setFailed(undefined)
        show({ ...known, place: { at: 'message', id }, changedAt: 'end' })
      } else void replace(id, { at: 'message', id })
    },
    [replace, show],
  )
  const toNewest = useCallback(() => {
    const known = latest.current
    if (known === undefined) return
    if (known.after === undefined) show({ ...known, place: { at: 'newest' }, changedAt: 'end' })
    else void replace(undefined, { at: 'newest' })
  }, [replace, show])
  const loadOlder = useCallback((again = false) => void load('older', again), [load])
  const loadNewer = useCallback((again = false) => void load('newer', again), [load])
  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  return useMemo(
    () => ({ loaded, failure: failed, failedAt, retry, loadOlder, loadNewer, jump, toNewest }),
    [loaded, failed, failedAt, retry, loadOlder, loadNewer, jump, toNewest],
  )
}

/** The newest page, unless one comes for a message further up, or the unread begin there. */
async function firstWindow(
  page: HistoryPage,
  wanted: EntryId | undefined,
  around: (message: EntryId) => ReturnType<typeof ask<'message.history'>>,
): Promise<MessageWindow> {
  const goal = wanted ?? page.firstUnread
  const place: Place = wanted !== undefined ? { at: 'message', id: wanted } : { at: goal ? 'unread' : 'newest' }
  const newest = replaced(undefined, page, place)
  if (goal === undefined || page.messages.some(({ id }) => id === goal)) return newest
  const there = await around(goal)
  if (there.ok) return replaced(newest, there.value, place)
  // Taken off this screen meanwhile, or never here.
  return { ...newest, place: { at: page.firstUnread === undefined ? 'newest' : 'unread' } }
}
