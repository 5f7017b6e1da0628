import { type FormEvent, useState } from 'react'
import type { Relay } from '../../shared/domain/relay.ts'
import { useRelayName } from '../line/relay-name.ts'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { ErrorLine, Field } from '../ui/field.tsx'
import { Wall } from '../ui/logo.tsx'
import { Key } from '../ui/who.tsx'
import { useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { clock, duration, milliseconds } from '../words/time.ts'
import { words } from '../words/words.ts'

/** The relays I know, each with its contract; and how to add one. */
export function RelaysSection() {
  const { network } = words
  const relays = useView('relays')
  return (
    <section className="sec" id="net-relays">
      <header>
        <h2>{network.sections.relays}</h2>
      </header>
      {relays?.size === 0 ? <p className="soft prose">{network.noRelays}</p> : null}
      <div>
        {[...(relays?.values() ?? [])].map((relay) => (
          <RelayRow key={relay.id} relay={relay} />
        ))}
      </div>
      <AddRelay />
    </section>
  )
}

function RelayRow({ relay }: { readonly relay: Relay }) {
  const { network } = words
  const name = useRelayName({ asRelay: true })(relay.id)
  const { run, failure, isBusy } = useDoing()
  const isBad = relay.state === 'refused' || relay.state === 'unreachable'
  const trouble = network.relayTrouble(relay)
  const term = network.exactTerm(relay.reason)
  return (
    <article className="relay-row" aria-label={name}>
      <div>
        <h3>{name}</h3>
        <p className="s13 soft">
          {network.relaySource[relay.source]} · <Key id={relay.id} />
        </p>
        <p className="mono faint">{relay.addresses[0]?.replace(/\/p2p\/[^/]+$/u, '')}</p>
      </div>
      <div className="s13">
        <span className="faint s12">{network.relayStateTitle}</span>
        <br />
        <span className={isBad ? 'warn acts' : undefined}>
          {isBad ? <Wall tone="warn" /> : null}
          {network.relayState[relay.state]}
        </span>
        {trouble === undefined ? null : <span className="block">{trouble}</span>}
        {term === undefined ? null : <span className="mono faint block">{term}</span>}
        {relay.retryAt === undefined || !isBad ? null : (
          <span className="faint block num">
            {relay.retryAt > Date.now() ? network.again(clock(relay.retryAt)) : network.againNow}
          </span>
        )}
        {relay.reservedUntil === undefined ? null : (
          <span className="faint block num">
            {network.placeFor} {duration(relay.reservedUntil - Date.now())}
          </span>
        )}
      </div>
      <div className="s13">
        <span className="faint s12">{network.perLine}</span>
        <br />
        {network.relayLimit(relay)}
      </div>
      <div className="s13">
        {relay.roundTripMs === undefined ? null : (
          <>
            <span className="faint s12">{network.roundTrip}</span>
            <br />
            <span className="num">{milliseconds(relay.roundTripMs)}</span>
          </>
        )}
      </div>
      <div className="acts end">
        <Button
          isSmall
          disabled={isBusy}
          aria-label={network.removeOf(name)}
          onClick={() => run('relay.remove', { id: relay.id })}
        >
          {network.remove}
        </Button>
      </div>
      <p className="sees">{network.sees}</p>
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
    </article>
  )
}

function AddRelay() {
  const { network } = words
  const [address, setAddress] = useState('')
  const { run, fail, failure, clear, isBusy } = useDoing()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (address.trim() === '') return fail({ code: 'empty' })
    if ((await run('relay.add', { address: address.trim() })) !== undefined) setAddress('')
  }
  return (
    <form className="narrow" onSubmit={submit} aria-label={network.addRelay}>
      <Field
        label={network.relayAddress}
        hint={network.relayAddressHint}
        look="link"
        value={address}
        maxLength={4096}
        spellCheck={false}
        autoComplete="off"
        error={failure === undefined ? undefined : failureSentence(failure)}
        onChange={(event) => {
          clear()
          setAddress(event.target.value)
        }}
      >
        <div className="acts">
          <Button isSubmit disabled={isBusy}>
            {network.addRelay}
          </Button>
        </div>
      </Field>
    </form>
  )
}
