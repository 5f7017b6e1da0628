import type { ReactNode } from 'react'
import type { Contact } from '../../shared/domain/contact.ts'
import { isRelayed } from '../../shared/domain/line.ts'
import type { Conversation } from '../../shared/domain/message.ts'
import { AttemptsOf } from '../inspector/attempts-section.tsx'
import { Line } from '../line/line.tsx'
import { useRelayName } from '../line/relay-name.ts'
import { useOwnSide } from '../line/use-own-side.ts'
import { href } from '../route.ts'
import { ToolLink } from '../ui/button.tsx'
import { shortKey } from '../ui/identity.ts'
import { Term } from '../ui/term.tsx'
import { useRow } from '../views.ts'
import { encryptionWord, lineSentence, lineWord, relayedSentence, transportWord } from '../words/line.ts'
import { shortName } from '../words/short-name.ts'
import { clock, milliseconds, shortTime } from '../words/time.ts'
import { words } from '../words/words.ts'
import { Help, OwnSideHelp } from './own-side-help.tsx'

/** The line to one person in full: a sentence, the drawing, why it is relayed, and the facts in exact terms. */
export function PathPanel({
  conversation,
  contact,
}: {
  readonly conversation: Conversation
  readonly contact: Contact
}) {
  const { panel } = words.chat
  const relayName = useRelayName()
  const { line } = contact.path
  const own = useOwnSide(contact)
  const isBlocked = contact.state === 'blocked'
  const name = shortName(contact)
  const relay = isRelayed(line) ? relayName(line.relay) : ''
  const sees = isRelayed(line)
    ? panel.relaySees(name)
    : line.kind === 'lan'
      ? panel.lanShows(name)
      : line.kind === 'direct'
        ? panel.directShows(name)
        : undefined
  return (
    <section className="panel" aria-label={panel.title(name)}>
      <div className="panel-head">
        <h1>{panel.title(name)}</h1>
        <ToolLink icon="close" label={panel.close} to={href('chats', conversation.id)} />
      </div>
      <p className="lead">{isBlocked ? words.chat.blockedHint(name) : lineSentence(contact.path, name, relay, own)}</p>
      <Sight contact={contact} name={name} relay={relay} />
      {isRelayed(line) ? <WhyRelayed contact={contact} name={name} /> : null}
      {line.kind === 'none' && !isBlocked ? <OwnSideHelp own={own} contact={contact} title={panel.helps} /> : null}
      <AttemptsOf contact={contact} />
      <Facts contact={contact} />
      {sees === undefined ? null : <p className="s13 soft sec">{sees}</p>}
    </section>
  )
}

function Sight({ contact, name, relay }: { readonly contact: Contact; readonly name: string; readonly relay: string }) {
  const { panel } = words.chat
  const { line, roundTripMs } = contact.path
  const label = `${panel.you}${relay === '' ? '' : `, ${relay}`}, ${name}. ${lineWord[line.kind]}`
  return (
    <figure className={line.kind === 'lan' ? 'sight near' : 'sight'}>
      <div className="sight-legs">
        <span className="one num">{roundTripMs === undefined ? '' : milliseconds(roundTripMs)}</span>
      </div>
      <Line state={line.kind} size="l" label={label}>
        {line.kind === 'lan' ? <rect className="home" x="142" y="10" width="236" height="60" rx="14" /> : null}
      </Line>
      <ol className="sight-ends">
        <li>
          <b>{panel.you}</b>
        </li>
        <li className="mid3">
          {relay === '' ? (
            <b>{line.kind === 'lan' ? panel.network : ''}</b>
          ) : (
            <>
              <b>{relay}</b> {panel.forwards}
            </>
          )}
        </li>
        <li>
          <b>
            <bdi>{name}</bdi>
          </b>
        </li>
      </ol>
    </figure>
  )
}

function WhyRelayed({ contact, name }: { readonly contact: Contact; readonly name: string }) {
  const { panel } = words.chat
  const isForAll = useRow('settings')?.relayOnly ?? false
  const [why, help]: readonly [string | undefined, ReactNode] = isForAll
    ? [panel.whyAll, <Help key="all" to={href('settings', 'privacy')} label={panel.toSettings} />]
    : contact.isRelayOnly
      ? [panel.whyOwn(name), <Help key="one" to={href('people', contact.id)} label={panel.toContact} />]
      : [relayedSentence(contact.path, name), null]
  if (why === undefined) return null
  return (
    <section className="sec">
      <header>
        <h2>{panel.why}</h2>
      </header>
      <p className="prose">{why}</p>
      {help}
    </section>
  )
}

function Facts({ contact }: { readonly contact: Contact }) {
  const { panel } = words.chat
  const peer = useRow('peers', contact.id)
  const { line, transport, encryption, roundTripMs, since } = contact.path
  const trips = peer?.roundTripsMs ?? []
  const facts: (readonly [string, ReactNode])[] = [
    [
      panel.path,
      isRelayed(line) ? (
        <>
          <Term term={panel.circuit} meaning={panel.circuitMeaning} />
          {panel.through('')}
          <span className="mono">{shortKey(line.relay)}</span>
        </>
      ) : line.kind === 'lan' ? (
        panel.lan
      ) : line.kind === 'direct' ? (
        panel.direct
      ) : (
        panel.none
      ),
    ],
  ]
  if (transport !== undefined) facts.push([panel.transport, transportWord[transport]])
  if (encryption !== undefined) facts.push([panel.encryption, panel.endToEnd(encryptionWord(encryption))])
  if (roundTripMs !== undefined)
    facts.push([
      panel.roundTrip,
      trips.length < 2
        ? milliseconds(roundTripMs)
        : panel.trips(milliseconds(roundTripMs), milliseconds(Math.min(...trips)), milliseconds(Math.max(...trips))),
    ])
  if (since !== undefined) facts.push([panel.since, clock(since)])
  if (peer !== undefined && peer.connections > 0)
    facts.push([panel.connections, panel.streams(peer.connections, peer.streams)])
  if (peer?.address !== undefined)
    facts.push([
      panel.address,
      <span key="address" className="mono">
        {peer.address}
      </span>,
    ])
  if (line.kind === 'none')
    facts.push([panel.lastSeen, contact.lastSeen === undefined ? panel.never : shortTime(contact.lastSeen, Date.now())])
  return (
    <section className="sec">
      <header>
        <h2>{panel.facts}</h2>
      </header>
      <dl className="facts">
        {facts.map(([term, value]) => [<dt key={`${term} term`}>{term}</dt>, <dd key={term}>{value}</dd>])}
      </dl>
    </section>
  )
}
