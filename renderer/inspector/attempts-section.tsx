import { type ReactNode, useCallback, useId, useState } from 'react'
import type { Attempt } from '../../shared/domain/attempt.ts'
import type { Contact } from '../../shared/domain/contact.ts'
import { isRelayed } from '../../shared/domain/line.ts'
import { useRelayName } from '../line/relay-name.ts'
import { nameOf } from '../people/person.ts'
import { Button } from '../ui/button.tsx'
import { useView } from '../views.ts'
import { shortName } from '../words/short-name.ts'
import { words } from '../words/words.ts'
import { AttemptRow } from './attempt-row.tsx'
import { attemptsWith, newestFirst } from './attempts.ts'

const SHOWN_AT_FIRST = 8

/** Everything that was tried lately, with everybody. */
export function AttemptsSection() {
  const { attempts } = words
  const known = useView('attempts')
  const who = useWho()
  return (
    <Frame id="net-attempts">
      {known === undefined ? null : known.size === 0 ? (
        <p className="soft prose">{attempts.none}</p>
      ) : (
        <AttemptList attempts={newestFirst(known.values())} who={who} />
      )}
    </Frame>
  )
}

/** What was tried with one person; nothing at all where there was no reason to try. */
export function AttemptsOf({ contact }: { readonly contact: Contact }) {
  const known = useView('attempts')
  if (known === undefined) return null
  const theirs = attemptsWith(contact.id, known.values())
  if (theirs.length === 0 && !isRelayed(contact.path.line)) return null
  return (
    <Frame>
      {theirs.length === 0 ? (
        <p className="s13 soft">{words.attempts.noneWith(shortName(contact))}</p>
      ) : (
        <AttemptList attempts={theirs} />
      )}
    </Frame>
  )
}

function Frame({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  const { attempts } = words
  return (
    <section className="sec" id={id}>
      <header>
        <h2>{attempts.title}</h2>
        <span className="s12 faint">{attempts.note}</span>
      </header>
      {children}
    </section>
  )
}

function AttemptList({
  attempts: all,
  who,
}: {
  readonly attempts: readonly Attempt[]
  readonly who?: (attempt: Attempt) => string | undefined
}) {
  const { attempts } = words
  const [isWhole, setIsWhole] = useState(false)
  const list = useId()
  return (
    <>
      <ol className="tries" id={list}>
        {(isWhole ? all : all.slice(0, SHOWN_AT_FIRST)).map((attempt) => (
          <AttemptRow key={attempt.id} attempt={attempt} who={who?.(attempt)} />
        ))}
      </ol>
      {all.length <= SHOWN_AT_FIRST ? null : (
        <div className="acts">
          <Button isSmall aria-expanded={isWhole} aria-controls={list} onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? attempts.showNewest(SHOWN_AT_FIRST) : attempts.showAll(all.length)}
          </Button>
        </div>
      )}
    </>
  )
}

/** How whoever an attempt was about is called: a contact by name, everybody else as a relay is, or one's own router. */
function useWho(): (attempt: Attempt) => string | undefined {
  const people = useView('people')
  const relayName = useRelayName({ asRelay: true })
  return useCallback(
    ({ mechanism, peer }) => {
      if (peer === undefined) return mechanism === 'port-mapping' ? words.attempts.ownRouter : undefined
      const contact = people?.get(peer)
      return contact === undefined ? relayName(peer) : nameOf(contact)
    },
    [people, relayName],
  )
}
