import { useEffect, useState } from 'react'
import type { SearchHit } from '../../shared/contract/commands.ts'
import type { Failure } from '../../shared/contract/failures.ts'
import type { Result } from '../../shared/result.ts'
import { SmallLine } from '../line/line.tsx'
import { ask } from '../messenger.ts'
import { nameOf } from '../people/person.ts'
import { href } from '../route.ts'
import { ErrorLine } from '../ui/field.tsx'
import { useRoving } from '../ui/roving.ts'
import { Who } from '../ui/who.tsx'
import { useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { shortTime } from '../words/time.ts'
import { words } from '../words/words.ts'
import { entriesOf } from './entries.ts'
import { fromFirstFound } from './found-words.ts'
import { Marked } from './message-words.tsx'
import { SEARCH_MOST_CHARACTERS, TYPING_PAUSE_MS } from './use-find.ts'

const HITS_MOST = 50

/** What was found: people by name, then messages by their words. */
export function SearchResults({ search }: { readonly search: string }) {
  const people = useView('people')
  const conversations = useView('conversations')
  const { answer, isCurrent } = useHits(search)
  const hits = answer?.ok ? answer.value.hits : undefined
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
  if (isCurrent && hits !== undefined && hits.length === 0 && found.length === 0)
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
      {answer === undefined || answer.ok ? null : (
        <div className="pad">
          <ErrorLine>{failureSentence(answer.failure)}</ErrorLine>
        </div>
      )}
      {found.length === 0 ? null : (
        <>
          <h2>{chat.peopleFound}</h2>
          <ul>
            {found.map(({ to, conversation }) => (
              <li key={to}>
                <a className="nav" href={to}>
                  <Who id={conversation.contact} name={nameFor(conversation.contact)} size="tiny" />
                  <bdi>
                    <Marked text={nameFor(conversation.contact)} search={search} />
                  </bdi>
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
                    <span>
                      <Hit text={hit.text} isMine={people?.has(hit.author) !== true} search={search} />
                    </span>
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

/** A message that was found, from where the first of the words stands. */
function Hit({ text, isMine, search }: { readonly text: string; readonly isMine: boolean; readonly search: string }) {
  const shown = fromFirstFound(text, search)
  return (
    <>
      {isMine ? words.chat.youSaid('') : ''}
      {shown.isCut ? words.chat.ellipsis : ''}
      <Marked text={shown.text} search={search} />
    </>
  )
}

interface Answered {
  readonly search: string
  readonly answer: Result<{ readonly hits: readonly SearchHit[] }, Failure>
}

/** Asks for messages with these words. The last answer stays until the next is here, but it is not one to these words. */
function useHits(search: string): Partial<Pick<Answered, 'answer'>> & { readonly isCurrent: boolean } {
  const [answered, setAnswered] = useState<Answered>()
  useEffect(() => {
    let isWanted = true
    const timer = setTimeout(async () => {
      const answer = await ask('message.search', { words: search.slice(0, SEARCH_MOST_CHARACTERS), limit: HITS_MOST })
      if (isWanted) setAnswered({ search, answer })
    }, TYPING_PAUSE_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [search])
  return answered === undefined
    ? { isCurrent: false }
    : { answer: answered.answer, isCurrent: answered.search === search }
}
