import { useEffect, useState } from 'react'
import type { SearchHit } from '../../shared/contract/commands.ts'
import { SmallLine } from '../line/line.tsx'
import { ask } from '../messenger.ts'
import { nameOf } from '../people/person.ts'
import { href } from '../route.ts'
import { useRoving } from '../ui/roving.ts'
import { Who } from '../ui/who.tsx'
import { useView } from '../views.ts'
import { shortTime } from '../words/time.ts'
import { words } from '../words/words.ts'
import { entriesOf } from './entries.ts'

// So that a word typed in one go is asked for once.
const TYPING_PAUSE_MS = 150
const HITS_MOST = 50

/** What was found: people by name, then messages by their words. */
export function SearchResults({ search }: { readonly search: string }) {
  const people = useView('people')
  const conversations = useView('conversations')
  const hits = useHits(search)
  const roving = useRoving<HTMLDivElement>()
  const { chat } = words
  const wanted = search.toLocaleLowerCase()
  const found = entriesOf(conversations, people).filter(({ conversation }) => {
    const contact = people?.get(conversation.contact)
    return contact !== undefined && nameOf(contact).toLocaleLowerCase().includes(wanted)
  })
  const nameFor = (id: string) => {
    const contact = people?.get(id)
    return contact === undefined ? '' : nameOf(contact)
  }
  if (hits !== undefined && hits.length === 0 && found.length === 0)
    return (
      <div className="rows">
        <div className="empty" role="status">
          <h2>{chat.nothingFound(search)}</h2>
          <p className="soft">{chat.nothingFoundHint}</p>
        </div>
      </div>
    )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows only move the focus between the links inside
    <div className="rows" ref={roving.ref} onKeyDown={roving.onKeyDown}>
      {found.length === 0 ? null : (
        <>
          <h2>{chat.peopleFound}</h2>
          <ul>
            {found.map(({ to, conversation }) => (
              <li key={to}>
                <a className="nav" href={to}>
                  <Who id={conversation.contact} name={nameFor(conversation.contact)} size="tiny" />
                  <bdi>{nameFor(conversation.contact)}</bdi>
                  <span>
                    <SmallLine state={people?.get(conversation.contact)?.path.line.kind ?? 'unknown'} />
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      {hits === undefined || hits.length === 0 ? null : (
        <>
          <h2>{chat.messagesFound}</h2>
          <ul>
            {hits.map((hit) => (
              <li key={hit.message}>
                <a className="row hit" href={href('chats', hit.conversation, hit.message)}>
                  <span className="top">
                    <span className="name">
                      <bdi>{nameFor(conversations?.get(hit.conversation)?.contact ?? '')}</bdi>
                    </span>
                  </span>
                  <time className="at">{shortTime(hit.at, Date.now())}</time>
                  <span className="sub">
                    <span>{people?.has(hit.author) ? hit.text : chat.youSaid(hit.text)}</span>
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** Asks for messages with these words; `undefined` while the first answer is on its way. */
function useHits(search: string): readonly SearchHit[] | undefined {
  const [hits, setHits] = useState<readonly SearchHit[]>()
  useEffect(() => {
    let isWanted = true
    const timer = setTimeout(async () => {
      const answer = await ask('message.search', { words: search.slice(0, 200), limit: HITS_MOST })
      if (isWanted) setHits(answer.ok ? answer.value.hits : [])
    }, TYPING_PAUSE_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [search])
  return hits
}
