import { type FormEvent, useState } from 'react'
import type { Relay } from '../../shared/domain/relay.ts'
import { WITH } from '../chat/entries.ts'
import { ask, useDoing } from '../messenger.ts'
import { go, href } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { clock } from '../words/time.ts'
import { words } from '../words/words.ts'
import { relayAddressesIn } from './truth.ts'

const isLink = (text: string): boolean => /^sightline:/iu.test(text.trim())

/**
 * Takes a relay from a friend's link, or by its address. In the first run a friend's link is used whole: it asks the
 * friend as well, and leads to where the conversation will be.
 */
export function RelayForm({
  asksFriend = false,
  needsRelay,
}: {
  readonly asksFriend?: boolean
  /** No relay keeps a place for me: the one in a friend's link is asked, too. */
  readonly needsRelay: boolean
}) {
  const { people, network } = words
  const [text, setText] = useState('')
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState<string>()
  const relay = useView('relays')?.get(asked ?? '')
  const { run, fail, failure, isBusy, clear } = useDoing()
  const isFriend = asksFriend && isLink(text)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setNote('')
    setAsked(undefined)
    const typed = text.trim()
    if (typed === '') return fail({ code: 'empty' })
    if (!isLink(typed)) return takeRelay(typed)
    const preview = await run('contact.preview', { link: typed })
    if (preview === undefined) return
    const [address] = relayAddressesIn(preview.value)
    if (isFriend) return askFriend(typed, address)
    if (address === undefined) return setNote(people.wayNone)
    await takeRelay(address)
  }

  const takeRelay = async (address: string) => {
    const added = await run('relay.add', { address })
    if (added !== undefined) setAsked(added.value.relay)
  }

  const askFriend = async (link: string, relayInIt: string | undefined) => {
    const added = await run('contact.add', { link, note: '' })
    if (added === undefined) return
    // What comes of it stands on the Network page; the request goes its way in any case.
    if (needsRelay && relayInIt !== undefined) await ask('relay.add', { address: relayInIt })
    go(href('chats', WITH, added.value.contact), { replace: true })
  }

  return (
    <form onSubmit={submit}>
      <Field
        label={people.wayLabel}
        look="link"
        hint={isFriend ? people.wayFriendHint : asksFriend ? people.wayFirstHint : people.wayHint}
        placeholder={people.linkPlaceholder}
        value={text}
        maxLength={4096}
        spellCheck={false}
        autoComplete="off"
        error={failure === undefined ? relayTrouble(relay) : failureSentence(failure)}
        onChange={(event) => {
          clear()
          setAsked(undefined)
          setText(event.target.value)
        }}
      >
        <div className="acts">
          <Button isSubmit disabled={isBusy}>
            {isFriend ? people.wayAsk : people.wayUse}
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
