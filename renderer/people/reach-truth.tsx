import { type FormEvent, useState } from 'react'
import type { Invite } from '../../shared/domain/contact.ts'
import type { LineKind } from '../../shared/domain/line.ts'
import type { Relay } from '../../shared/domain/relay.ts'
import { Line } from '../line/line.tsx'
import { useRelayName } from '../line/relay-name.ts'
import { ask, useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { useRow, useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { clock } from '../words/time.ts'
import { words } from '../words/words.ts'
import { relayAddressesIn, type Truth, truthOf } from './truth.ts'

const lineOf: Readonly<Record<Truth['kind'], LineKind>> = {
  relay: 'relayed',
  direct: 'direct',
  nearby: 'lan',
  nobody: 'none',
  unknown: 'unknown',
}

/** The truth beside a link of mine: who reaches me through it, and what helps when nobody does. */
export function ReachTruth({ invite }: { readonly invite: Invite | undefined }) {
  const truth = truthOf(invite, useRow('self'))
  const relayName = useRelayName({ asRelay: true })
  const { truth: said } = words.people
  const headline = truth.kind === 'relay' ? said.relay(truth.relays.map(relayName).join(said.and)) : said[truth.kind]
  const isPoor = truth.kind === 'nobody' || truth.kind === 'nearby'
  return (
    <section className="truth" aria-label={headline}>
      <div className="truth-line" role="status">
        <Line state={lineOf[truth.kind]} size="m" />
        <div>
          <h2>{headline}</h2>
          <p className="hint">{said[`${truth.kind}Hint`]}</p>
        </div>
      </div>
      {isPoor ? <UseRelay /> : null}
    </section>
  )
}

/** Takes a relay from a friend's link, or by its address. */
function UseRelay() {
  const { people, network } = words
  const [text, setText] = useState('')
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState<string>()
  const relay = useView('relays')?.get(asked ?? '')
  const { run, fail, failure, isBusy, clear } = useDoing()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setNote('')
    setAsked(undefined)
    const typed = text.trim()
    if (typed === '') return fail({ code: 'empty' })
    const address = typed.startsWith('sightline:') ? await relayIn(typed) : { address: typed }
    if ('failure' in address) return fail(address.failure)
    if (address.address === undefined) return setNote(people.wayNone)
    const added = await run('relay.add', { address: address.address })
    if (added === undefined) return
    setAsked(added.value.relay)
  }
  return (
    <form onSubmit={submit}>
      <Field
        label={people.wayLabel}
        look="link"
        hint={people.wayHint}
        value={text}
        maxLength={4096}
        error={failure === undefined ? relayTrouble(relay) : failureSentence(failure)}
        onChange={(event) => {
          clear()
          setAsked(undefined)
          setText(event.target.value)
        }}
      >
        <div className="acts">
          <Button isSubmit disabled={isBusy}>
            {people.wayUse}
          </Button>
          <span className="s12 soft" role="status">
            {relay === undefined || isPoor(relay) ? note : network.relayState[relay.state]}
          </span>
        </div>
      </Field>
    </form>
  )
}

const isPoor = ({ state }: Pick<Relay, 'state'>): boolean => state === 'refused' || state === 'unreachable'

/** Why a relay that was asked keeps no place, in words; `undefined` while it may yet. */
function relayTrouble(relay: Relay | undefined): string | undefined {
  if (relay === undefined || !isPoor(relay)) return undefined
  const code = relay.state === 'refused' ? words.network.relayRefusal(relay.reason) : 'unreachable'
  const again =
    relay.retryAt === undefined || relay.retryAt <= Date.now() ? '' : ` ${words.people.wayAgain(clock(relay.retryAt))}`
  return `${failureSentence({ code })}${again}`
}

async function relayIn(link: string) {
  const preview = await ask('contact.preview', { link })
  return preview.ok ? { address: relayAddressesIn(preview.value)[0] } : { failure: preview.failure }
}
