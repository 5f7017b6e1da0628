import { type FormEvent, useEffect, useState } from 'react'
import type { Contact } from '../../shared/domain/contact.ts'
import { Content } from '../content.tsx'
import { AttemptsOf } from '../inspector/attempts-section.tsx'
import { Line } from '../line/line.tsx'
import { useRelayName } from '../line/relay-name.ts'
import { useOwnSide } from '../line/use-own-side.ts'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { CopyButton } from '../ui/copy.tsx'
import { ErrorLine, Field } from '../ui/field.tsx'
import { SwitchRow } from '../ui/switch.tsx'
import { Key, Who } from '../ui/who.tsx'
import { useRow, useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { lineWords, relayedSentence } from '../words/line.ts'
import { shortName } from '../words/short-name.ts'
import { shortTime } from '../words/time.ts'
import { words } from '../words/words.ts'
import { nameOf } from './person.ts'
import { PendingRow, RequestRow, WriteTo } from './request-row.tsx'
import { SafetyNumber } from './safety-number.tsx'

/** One person: the line, the name I give them, whether we may meet directly, the safety number. */
export function ContactPage({ id }: { readonly id: string }) {
  const { people } = words
  const known = useView('people')
  const contact = known?.get(id)
  if (contact === undefined)
    return (
      <Content title={people.details} backTo="people">
        <h1>{people.details}</h1>
        {known === undefined ? null : <p className="soft under-h1">{people.gone}</p>}
      </Content>
    )
  return (
    <Content title={nameOf(contact)} backTo="people">
      <Head contact={contact} />
      {contact.state === 'asks-me' ? <RequestRow contact={contact} /> : null}
      {contact.state === 'asked' ? <PendingRow contact={contact} /> : null}
      {contact.state === 'mutual' ? <LineSection contact={contact} /> : null}
      {contact.state === 'mutual' ? <AttemptsOf contact={contact} /> : null}
      {contact.state === 'blocked' ? null : <Naming contact={contact} />}
      <FullKey id={contact.id} />
      {contact.state === 'mutual' ? <SafetyNumber contact={contact} /> : null}
      {contact.state === 'blocked' ? <Unblocking contact={contact} /> : <Blocking contact={contact} />}
    </Content>
  )
}

function Head({ contact }: { readonly contact: Contact }) {
  const { people } = words
  return (
    <header className="contact-head">
      <Who id={contact.id} name={nameOf(contact)} size="large" />
      <div>
        <h1>
          <bdi>{nameOf(contact)}</bdi>
        </h1>
        <p className="s13 soft">
          <Key id={contact.id} />
          {' · '}
          {contact.state === 'mutual'
            ? people.knownSince(shortTime(contact.since, Date.now()))
            : people.state[contact.state]}
        </p>
      </div>
      {contact.state === 'mutual' || contact.state === 'asked' ? <WriteTo contact={contact} /> : null}
    </header>
  )
}

function LineSection({ contact }: { readonly contact: Contact }) {
  const { people } = words
  const { strong, rest } = lineWords(contact.path, useRelayName(), contact.lastSeen, {
    name: shortName(contact),
    own: useOwnSide(contact),
  })
  const why = relayedSentence(contact.path, shortName(contact))
  const isForAll = useRow('settings')?.relayOnly ?? false
  const { run, failure } = useDoing()
  return (
    <section className="sec">
      <header>
        <h2>{people.line}</h2>
      </header>
      <p className="lineword still">
        <Line state={contact.path.line.kind} size="m" />
        <span>
          <b>{strong}</b>
          {rest}
        </span>
      </p>
      {why === undefined ? null : <p className="s13 soft prose">{why}</p>}
      <SwitchRow
        label={people.relayOnly}
        hint={isForAll ? people.relayOnlyAll : people.relayOnlyHint(shortName(contact))}
        isOn={contact.isRelayOnly || isForAll}
        isDisabled={isForAll}
        onChange={(on) => run('contact.relayOnly', { id: contact.id, on })}
      />
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
    </section>
  )
}

function Naming({ contact }: { readonly contact: Contact }) {
  const { people } = words
  const [givenName, setGivenName] = useState(contact.givenName ?? '')
  const [isSaved, setIsSaved] = useState(false)
  const { run, failure, clear, isBusy } = useDoing()
  useEffect(() => setGivenName(contact.givenName ?? ''), [contact.givenName])
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setIsSaved((await run('contact.rename', { id: contact.id, givenName })) !== undefined)
  }
  return (
    <section className="sec" aria-label={people.ownNameLabel}>
      <form onSubmit={save} className="narrow">
        <Field
          label={people.ownNameLabel}
          hint={people.ownNameHint(contact.name)}
          value={givenName}
          autoComplete="off"
          error={failure === undefined ? undefined : failureSentence(failure)}
          onChange={(event) => {
            clear()
            setIsSaved(false)
            setGivenName(event.target.value)
          }}
        >
          <div className="acts">
            <Button isSubmit disabled={isBusy || givenName === (contact.givenName ?? '')}>
              {people.save}
            </Button>
            <span className="s12 soft" role="status">
              {isSaved ? people.saved : ''}
            </span>
          </div>
        </Field>
      </form>
    </section>
  )
}

function FullKey({ id }: { readonly id: string }) {
  const { people } = words
  return (
    <section className="sec">
      <header>
        <h2>{people.key}</h2>
      </header>
      <p className="key-full">
        <span className="mono">{id}</span>
        <CopyButton text={id} label={people.copyKey} done={people.copied} kind="flat" isSmall />
      </p>
    </section>
  )
}

function Unblocking({ contact }: { readonly contact: Contact }) {
  const { people } = words
  const { run, failure, isBusy } = useDoing()
  return (
    <section className="sec" aria-label={people.unblock}>
      <p className="soft">{people.unblockHint(shortName(contact))}</p>
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      <div className="acts">
        <Button disabled={isBusy} onClick={() => run('contact.unblock', { id: contact.id })}>
          {people.unblock}
        </Button>
      </div>
    </section>
  )
}

function Blocking({ contact }: { readonly contact: Contact }) {
  const { people } = words
  const [isAsking, setIsAsking] = useState(false)
  const { run, failure, isBusy } = useDoing()
  const name = shortName(contact)
  return (
    <section className="sec" aria-label={people.block}>
      <div className="acts">
        <Button kind="danger" disabled={isBusy} onClick={() => setIsAsking(true)}>
          {people.block}
        </Button>
      </div>
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      {isAsking ? (
        <Confirm
          title={people.blockTitle(name)}
          words={people.blockHint(name)}
          act={people.block}
          kind="danger"
          onYes={() => run('contact.block', { id: contact.id })}
          onClose={() => setIsAsking(false)}
        />
      ) : null}
    </section>
  )
}
