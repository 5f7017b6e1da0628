import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { InvitePreview } from '../../shared/domain/contact.ts'
import { Content } from '../content.tsx'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { AddDialog } from './add-dialog.tsx'
import { NearbyPeople } from './nearby-people.tsx'
import { byName } from './people-list.tsx'
import { nameOf } from './person.ts'
import { AcceptedRow, PendingRow, RequestRow, WriteTo } from './request-row.tsx'

/** Longest link the messenger reads; anything longer is refused here already, whatever was pasted. */
const LINK_MAX_CHARACTERS = 4096

/** Ways to more people: answer requests, paste a link, ask somebody nearby. */
export function AddPage({ isAsked }: { readonly isAsked: boolean }) {
  const { people } = words
  const contacts = [...(useView('people')?.values() ?? [])].sort(byName)
  const [accepted, setAccepted] = useState<readonly string[]>([])
  const requests = contacts.filter(({ state }) => state === 'asks-me')
  // Whom I accepted here stays here, with the way to write to them.
  const shown = contacts.filter(({ id, state }) => state === 'asks-me' || (state === 'mutual' && accepted.includes(id)))
  const asked = contacts.filter(({ state }) => state === 'asked')
  return (
    <Content title={people.addTitle} backTo="people">
      <h1>{people.addTitle}</h1>
      {shown.length === 0 ? null : (
        <section className="sec first-sec">
          <header>
            <h2>{people.requests}</h2>
            {requests.length === 0 ? null : <span className="s12 faint">{people.requestsNew(requests.length)}</span>}
          </header>
          <div>
            {shown.map((contact) =>
              contact.state === 'mutual' ? (
                <AcceptedRow key={contact.id} contact={contact} />
              ) : (
                <RequestRow
                  key={contact.id}
                  contact={contact}
                  onAccept={() => setAccepted((before) => [...before, contact.id])}
                />
              ),
            )}
          </div>
        </section>
      )}
      <AddByLink isAsked={isAsked} isFirst={shown.length === 0} />
      <NearbyPeople />
      {asked.length === 0 ? null : (
        <section className="sec">
          <header>
            <h2>{people.asked}</h2>
          </header>
          <div>
            {asked.map((contact) => (
              <PendingRow key={contact.id} contact={contact} />
            ))}
          </div>
        </section>
      )}
    </Content>
  )
}

function AddByLink({ isAsked, isFirst }: { readonly isAsked: boolean; readonly isFirst: boolean }) {
  const { people } = words
  const box = useRef<HTMLInputElement>(null)
  const [link, setLink] = useState('')
  const [preview, setPreview] = useState<InvitePreview>()
  const [sentTo, setSentTo] = useState<string>()
  const { run, fail, failure, clear, isBusy } = useDoing()
  useEffect(() => {
    if (isAsked) box.current?.focus()
  }, [isAsked])
  const isTooLong = link.length > LINK_MAX_CHARACTERS

  const look = async (event: FormEvent) => {
    event.preventDefault()
    setSentTo(undefined)
    if (link.trim() === '') return fail({ code: 'empty' })
    if (isTooLong) return
    const answer = await run('contact.preview', { link: link.trim() })
    if (answer !== undefined) setPreview(answer.value)
  }

  return (
    <section className={isFirst ? 'sec first-sec' : 'sec'} aria-label={people.friendsLink}>
      <header>
        <h2>{people.friendsLink}</h2>
      </header>
      <form onSubmit={look} className="narrow">
        <Field
          label={people.linkLabel}
          look="link"
          placeholder={people.linkPlaceholder}
          hint={people.linkHint}
          ref={box}
          value={link}
          spellCheck={false}
          autoComplete="off"
          error={isTooLong ? people.linkTooLong : failure === undefined ? undefined : failureSentence(failure)}
          onChange={(event) => {
            clear()
            setLink(event.target.value)
          }}
        >
          <div className="acts">
            <Button isSubmit kind="main" disabled={isBusy || isTooLong}>
              {people.look}
            </Button>
          </div>
          <Sent to={sentTo} />
        </Field>
      </form>
      {preview === undefined ? null : (
        <AddDialog
          preview={preview}
          link={link.trim()}
          onClose={() => setPreview(undefined)}
          onSent={(contact) => {
            setPreview(undefined)
            setLink('')
            setSentTo(contact)
          }}
        />
      )}
    </section>
  )
}

/** What became of the request just sent, as it stands now. */
function Sent({ to }: { readonly to: string | undefined }) {
  const { people } = words
  const contacts = useView('people')
  const contact = to === undefined ? undefined : contacts?.get(to)
  const state = contact?.state
  return (
    <div className="acts s13 soft" role="status">
      {contact === undefined ? null : state === 'mutual' ? (
        <>
          {people.accepted(nameOf(contact))}
          <WriteTo contact={contact} />
        </>
      ) : state === 'asked' ? (
        people.sent(nameOf(contact))
      ) : null}
    </div>
  )
}
