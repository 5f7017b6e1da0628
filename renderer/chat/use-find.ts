import { useCallback, useEffect, useState } from 'react'
import type { SearchHit } from '../../shared/contract/commands.ts'
import type { Failure } from '../../shared/contract/failures.ts'
import { type ConversationId, compareOrder, type EntryId } from '../../shared/domain/message.ts'
import { ask } from '../messenger.ts'

/** So that a word typed in one go is asked for once. */
export const TYPING_PAUSE_MS = 150
/** The most that is ever found at once; there may be more. */
export const HITS_MOST = 100
/** The most that may be looked for, in characters. */
export const SEARCH_MOST_CHARACTERS = 200

/** Looking for words in one conversation. */
export interface Finding {
  readonly search: string
  readonly setSearch: (search: string) => void
  /** The words of which the hits are known. */
  readonly found: string
  /** In the order of the conversation; `undefined` until the first answer. */
  readonly hits: readonly SearchHit[] | undefined
  /** Which of them is shown, counted from the oldest. */
  readonly at: number
  readonly failure: Failure | undefined
  /** Goes to the hit before (towards the past) or after, around the ends. */
  readonly step: (by: 1 | -1) => void
}

/** Finds words in a conversation and leads from hit to hit, beginning with the newest. */
export function useFind(conversation: ConversationId, jump: (message: EntryId) => void): Finding {
  const [search, setSearch] = useState('')
  const [answer, setAnswer] = useState<{ readonly found: string; readonly hits: readonly SearchHit[] }>()
  const [at, setAt] = useState(0)
  const [failure, setFailure] = useState<Failure>()

  const goTo = useCallback(
    (hits: readonly SearchHit[], index: number) => {
      const hit = hits[index]
      setAt(index)
      if (hit !== undefined) jump(hit.message)
    },
    [jump],
  )

  const wanted = search.trim().slice(0, SEARCH_MOST_CHARACTERS)
  useEffect(() => {
    let isWanted = true
    const timer = setTimeout(
      async () => {
        if (wanted === '') return setAnswer(undefined)
        const result = await ask('message.search', { words: wanted, conversation, limit: HITS_MOST })
        if (!isWanted) return
        setFailure(result.ok ? undefined : result.failure)
        if (!result.ok) return
        const hits = result.value.hits.toSorted((one, other) => compareOrder(one.order, other.order))
        setAnswer({ found: wanted, hits })
        goTo(hits, hits.length - 1)
      },
      wanted === '' ? 0 : TYPING_PAUSE_MS,
    )
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [wanted, conversation, goTo])

  return {
    ...{ search, setSearch, at, failure },
    found: wanted === '' ? '' : (answer?.found ?? ''),
    hits: answer?.hits,
    step: (by) => {
      const hits = answer?.hits ?? []
      if (hits.length > 0) goTo(hits, (at + by + hits.length) % hits.length)
    },
  }
}
