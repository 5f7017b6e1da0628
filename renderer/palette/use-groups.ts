import { useEffect, useMemo, useState } from 'react'
import type { SearchHit } from '../../shared/contract/commands.ts'
import { fromFirstFound } from '../chat/found-words.ts'
import { ask } from '../messenger.ts'
import { nameOf } from '../people/person.ts'
import { href } from '../route.ts'
import { useRow, useView } from '../views.ts'
import { words } from '../words/words.ts'
import { commandItems } from './commands.ts'
import { firstGroups, foundGroups, type Group } from './groups.ts'
import { type Item, latestItems, orphanItems, personItems, placeItems } from './items.ts'
import { prepare } from './matching.ts'
import { recentlyUsed } from './recent.ts'

// So that a word typed in one go is asked for once.
const TYPING_PAUSE_MS = 150
const HITS_MOST = 5
const LATEST_MOST = 5
// Of one letter nearly every message has a word.
const LETTERS_LEAST = 2

/** What the palette offers for what is typed. */
export function useGroups(
  typed: string,
  { showSheet, askQuit }: { readonly showSheet: () => void; readonly askQuit: () => void },
): readonly Group[] {
  const people = useView('people')
  const conversations = useView('conversations')
  const session = useRow('session')
  const shell = useRow('shell')
  const settings = useRow('settings')
  const self = useRow('self')
  const invites = useView('invites')
  const hits = useMessageItems(typed.trim())
  const hasTyped = typed.trim() !== ''

  const fixed = useMemo(
    () => [...placeItems(shell), ...commandItems({ session, shell, settings, self, invites, showSheet, askQuit })],
    [session, shell, settings, self, invites, showSheet, askQuit],
  )
  // Not before they are looked for: the palette opens at once however many contacts there are.
  const isNeeded = hasTyped || recentlyUsed().length > 0
  const persons = useMemo(
    () => (isNeeded ? [...personItems(people, conversations), ...orphanItems(people, conversations)] : []),
    [isNeeded, people, conversations],
  )
  const prepared = useMemo(() => (hasTyped ? prepare([...persons, ...fixed]) : []), [hasTyped, persons, fixed])
  const latest = useMemo(
    () => (hasTyped ? [] : latestItems(people, conversations, LATEST_MOST)),
    [hasTyped, people, conversations],
  )
  return useMemo(() => {
    if (!hasTyped) {
      const offered = [...latest, ...fixed.filter(({ group }) => group !== 'settings')]
      return firstGroups(recentlyUsed(), offered, (id) => [...persons, ...fixed].find((item) => item.id === id))
    }
    const groups = foundGroups(prepared, typed, recentlyUsed())
    return hits.length === 0 ? groups : [...groups, { name: 'messages', items: hits } as const]
  }, [hasTyped, typed, hits, prepared, persons, fixed, latest])
}

/** Messages with these words; the last answer stays until the next is here. */
function useMessageItems(typed: string): readonly Item[] {
  const people = useView('people')
  const conversations = useView('conversations')
  const [hits, setHits] = useState<readonly SearchHit[]>([])
  useEffect(() => {
    if ([...typed].length < LETTERS_LEAST) return setHits([])
    let isWanted = true
    const timer = setTimeout(async () => {
      const answer = await ask('message.search', { words: typed.slice(0, 200), limit: HITS_MOST })
      if (isWanted) setHits(answer.ok ? answer.value.hits.slice(0, HITS_MOST) : [])
    }, TYPING_PAUSE_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [typed])
  return useMemo(
    () =>
      hits.map((hit): Item => {
        const contact = conversations?.get(hit.conversation)?.contact ?? ''
        const person = people?.get(contact)
        const shown = fromFirstFound(hit.text, typed)
        return {
          id: `message ${hit.message}`,
          group: 'messages',
          label: `${people?.has(hit.author) === true ? '' : words.chat.youSaid('')}${shown.isCut ? words.chat.ellipsis : ''}${shown.text}`,
          face: { person: contact },
          ...(person === undefined ? {} : { note: nameOf(person) }),
          act: { to: href('chats', hit.conversation, hit.message) },
        }
      }),
    [hits, typed, people, conversations],
  )
}
