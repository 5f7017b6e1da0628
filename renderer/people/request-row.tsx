import type { ReactNode } from 'react'
import type { Contact } from '../../shared/domain/contact.ts'
import { WITH } from '../chat/entries.ts'
import { useDoing } from '../messenger.ts'
import { href } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { Key, Who } from '../ui/who.tsx'
import { useRow, useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import type { Seen } from '../words/people-truth.ts'
import { shortName } from '../words/short-name.ts'
import { date } from '../words/time.ts'
import { words } from '../words/words.ts'
import { nameOf } from './person.ts'
import { seenBy } from './seen.ts'

/** A person with what is said about them and what can be done. */
export function PersonBlock({
  id,
  name,
  children,
  side,
}: {
  readonly id: string
  readonly name: string
  readonly children: ReactNode
  readonly side: ReactNode
}) {
  return (
    <article className="person" aria-label={name}>
      <Who id={id} name={name} />
      <div>
        <h3>
          <bdi>{name}</bdi> <Key id={id} />
        </h3>
        {children}
      </div>
      {side}
    </article>
  )
}

/** Somebody asks to be my contact. */
export function RequestRow({
  contact,
  onAccept = () => {},
  onAccepted = () => {},
}: {
  readonly contact: Contact
  readonly onAccept?: () => void
  /** Called once it is stored. */
  readonly onAccepted?: () => void
}) {
  const { people } = words
  const { run, failure, isBusy } = useDoing()
  const { id, note, looksLike } = contact
  const seen = useSeenBy(contact)
  const accept = async () => {
    onAccept()
    if ((await run('contact.accept', { id })) !== undefined) onAccepted()
  }
  return (
    <PersonBlock
      id={id}
      name={nameOf(contact)}
      side={
        <div className="acts">
          <Button kind="main" disabled={isBusy} onClick={accept}>
            {people.accept}
          </Button>
          <Button disabled={isBusy} onClick={() => run('contact.ignore', { id })}>
            {people.ignore}
          </Button>
          <Button kind="flat danger" disabled={isBusy} onClick={() => run('contact.block', { id })}>
            {people.block}
          </Button>
        </div>
      }
    >
      {note === undefined || note === '' ? null : (
        <p className="s13" dir="auto">
          {people.quoted(note)}
        </p>
      )}
      <p className="s12 faint">
        {howTheyCame(contact)} {seen === undefined ? '' : people.sees(seen)}
      </p>
      {looksLike === undefined ? null : <p className="s13 warn">{people.looksLike(looksLike)}</p>}
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
    </PersonBlock>
  )
}

function useSeenBy(contact: Contact): Seen | undefined {
  const settings = useRow('settings')
  const nearby = useView('nearby')?.get(contact.id)
  const invites = useView('invites')
  return settings === undefined || invites === undefined
    ? undefined
    : seenBy(contact, { settings, nearby, invites: invites.values() })
}

/** Somebody I have just accepted. */
export function AcceptedRow({ contact }: { readonly contact: Contact }) {
  return (
    <PersonBlock
      id={contact.id}
      name={nameOf(contact)}
      side={
        <div className="acts">
          <WriteTo contact={contact} />
        </div>
      }
    >
      <p className="s13 soft" role="status">
        {words.people.isContactNow}
      </p>
    </PersonBlock>
  )
}

/** The way to the conversation with somebody. */
export function WriteTo({ contact, isMain = true }: { readonly contact: Contact; readonly isMain?: boolean }) {
  return (
    <a className={isMain ? 'btn main write-to' : 'btn write-to'} href={href('chats', WITH, contact.id)}>
      {words.people.writeTo(shortName(contact))}
    </a>
  )
}

function howTheyCame({ usedInviteOf, usedInviteIsWithdrawn }: Contact): string {
  const { people } = words
  if (usedInviteOf === undefined) return people.noLink
  return (usedInviteIsWithdrawn ? people.usedWithdrawnLink : people.usedLink)(date(usedInviteOf))
}

/** Somebody I asked, who has not answered yet. */
export function PendingRow({ contact }: { readonly contact: Contact }) {
  const { people } = words
  const { run, failure, isBusy } = useDoing()
  return (
    <PersonBlock
      id={contact.id}
      name={nameOf(contact)}
      side={
        <div className="acts">
          <Button disabled={isBusy} onClick={() => run('contact.cancel', { id: contact.id })}>
            {people.cancel}
          </Button>
        </div>
      }
    >
      <p className="s13 soft">{people.waitsForAnswer}</p>
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
    </PersonBlock>
  )
}
