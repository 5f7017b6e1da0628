import { useState } from 'react'
import type { Invite } from '../../shared/domain/contact.ts'
import { Content } from '../content.tsx'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { CopyButton } from '../ui/copy.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { SwitchRow } from '../ui/switch.tsx'
import { useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { OwnLink, useOwnInvite } from './own-link.tsx'
import { ReachTruth } from './reach-truth.tsx'

/** My link with the truth beside it, and all the links I gave out. */
export function LinksPage() {
  const { people } = words
  const { invite, failure } = useOwnInvite()
  return (
    <Content title={people.linksTitle} backTo="people">
      <h1>{people.linksTitle}</h1>
      <p className="soft prose under-h1">{people.linksIntro}</p>
      <section className="sec first-sec" aria-label={people.yourLink}>
        <ReachTruth invite={invite} />
        {invite === undefined ? null : <OwnLink invite={invite} isMain />}
        {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      </section>
      <NewLink />
      <AllLinks />
    </Content>
  )
}

function NewLink() {
  const { people } = words
  const [withDirectAddresses, setWithDirectAddresses] = useState(false)
  const { run, failure, isBusy } = useDoing()
  return (
    <section className="sec">
      <header>
        <h2>{people.newLink}</h2>
      </header>
      <SwitchRow
        label={people.withAddress}
        hint={people.withAddressHint}
        isOn={withDirectAddresses}
        onChange={setWithDirectAddresses}
      />
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      <div className="acts">
        <Button disabled={isBusy} icon="plus" onClick={() => run('invite.create', { withDirectAddresses })}>
          {people.newLink}
        </Button>
      </div>
    </section>
  )
}

function AllLinks() {
  const { people } = words
  const invites = [...(useView('invites')?.values() ?? [])].sort((one, other) => other.createdAt - one.createdAt)
  if (invites.length === 0) return null
  return (
    <section className="sec">
      <header>
        <h2>{people.allLinks}</h2>
      </header>
      <ul>
        {invites.map((invite) => (
          <LinkRow key={invite.id} invite={invite} />
        ))}
      </ul>
    </section>
  )
}

function LinkRow({ invite }: { readonly invite: Invite }) {
  const { people } = words
  const [isAsking, setIsAsking] = useState(false)
  const { run, failure, isBusy } = useDoing()
  const facts = [
    people.used(invite.used),
    people.viaRelays(invite.relays.length),
    ...(invite.hasDirectAddresses ? [people.withDirect] : []),
  ]
  return (
    <li className="person">
      <div>
        <p>
          <b>{people.made(invite.createdAt, Date.now())}</b>
        </p>
        <p className="s13 soft">{facts.join(' · ')}</p>
        {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      </div>
      {invite.isWithdrawn ? (
        <span className="s13 faint">{people.withdrawn}</span>
      ) : (
        <div className="acts">
          <CopyButton text={invite.link} label={people.copyThis} done={people.copied} isSmall />
          <Button isSmall kind="danger" disabled={isBusy} onClick={() => setIsAsking(true)}>
            {people.withdraw}
          </Button>
        </div>
      )}
      {isAsking ? (
        <Confirm
          title={people.withdrawTitle}
          words={people.withdrawHint}
          act={people.withdraw}
          kind="danger"
          onYes={() => run('invite.withdraw', { id: invite.id })}
          onClose={() => setIsAsking(false)}
        />
      ) : null}
    </li>
  )
}
