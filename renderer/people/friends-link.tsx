import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { InvitePreview } from '../../shared/domain/contact.ts'
import { ask, useDoing } from '../messenger.ts'
import { go, href } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { AddDialog } from './add-dialog.tsx'
import { OwnCode } from './own-link.tsx'
import { nameOf } from './person.ts'
import { WriteTo } from './request-row.tsx'
import { readCode } from './scan/code.ts'
import { ScanDialog } from './scan/scan-dialog.tsx'

/** Longest link the messenger reads; anything longer is refused here already, whatever was pasted. */
const LINK_MAX_CHARACTERS = 4096

interface Looked {
  readonly link: string
  readonly preview: InvitePreview
}

/** A friend's link: pasted, scanned, or come from outside the window. It is shown first and asks nobody by itself. */
export function FriendsLink({
  isAsked,
  arrived,
}: {
  readonly isAsked: boolean
  /** A link that stands in the address, because somebody opened it elsewhere. */
  readonly arrived: string | undefined
}) {
  const { people } = words
  const box = useRef<HTMLInputElement>(null)
  const [link, setLink] = useState('')
  const [looked, setLooked] = useState<Looked>()
  const [sentTo, setSentTo] = useState<string>()
  const [isScanning, setIsScanning] = useState(false)
  const { run, fail, failure, clear, isBusy } = useDoing()
  useEffect(() => {
    if (isAsked) box.current?.focus()
  }, [isAsked])
  const isTooLong = link.length > LINK_MAX_CHARACTERS

  useEffect(() => {
    if (arrived === undefined) return
    let isWanted = true
    setSentTo(undefined)
    setLink(arrived)
    setLooked(undefined)
    void preview(arrived).then((answer) => {
      if (!isWanted) return
      if (answer.ok) return setLooked({ link: arrived, preview: answer.value })
      fail(answer.failure)
      leaveAddress()
    })
    return () => {
      isWanted = false
    }
  }, [arrived, fail])

  const look = async (text: string) => {
    setSentTo(undefined)
    setLink(text)
    if (text.trim() === '') return fail({ code: 'empty' })
    if (text.length > LINK_MAX_CHARACTERS) return
    const answer = await run('contact.preview', { link: text.trim() })
    if (answer !== undefined) setLooked({ link: text.trim(), preview: answer.value })
  }

  const close = () => {
    setLooked(undefined)
    if (arrived === undefined) return
    setLink('')
    leaveAddress()
  }

  const takeScanned = (text: string): string | undefined => {
    const code = readCode(text)
    if (code.kind !== 'link') return people.scan.noLink(code)
    setIsScanning(false)
    void look(code.link)
    return undefined
  }

  return (
    <section className="sec" aria-label={people.friendsLink}>
      <header>
        <h2>{people.friendsLink}</h2>
      </header>
      <div className="two">
        <form
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            void look(link)
          }}
        >
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
              <Button icon="scan" onClick={() => setIsScanning(true)}>
                {people.scan.open}
              </Button>
            </div>
            <Sent to={sentTo} />
          </Field>
        </form>
        <OwnCode />
      </div>
      {isScanning ? (
        <ScanDialog
          title={people.scan.linkTitle}
          hint={people.scan.linkHint}
          onText={takeScanned}
          onClose={() => setIsScanning(false)}
        />
      ) : null}
      {looked === undefined ? null : (
        <AddDialog
          key={looked.link}
          preview={looked.preview}
          link={looked.link}
          onClose={close}
          onSent={(contact) => {
            close()
            setLink('')
            setSentTo(contact)
          }}
        />
      )}
    </section>
  )
}

// What cannot be a link is not worth a question; the field says why.
const preview = (text: string) =>
  text.length > LINK_MAX_CHARACTERS
    ? Promise.resolve({ ok: false, failure: { code: 'invite-damaged' } } as const)
    : ask('contact.preview', { link: text })

/** A link names two people who want to talk: it does not stay in the address, nor in the steps back. */
const leaveAddress = () => go(href('people', 'add'), { replace: true })

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
