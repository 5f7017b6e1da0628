import { type FormEvent, useState } from 'react'
import type { InvitePreview } from '../../shared/domain/contact.ts'
import { NOTE_MAX_CHARACTERS } from '../../shared/domain/limits.ts'
import { WITH } from '../chat/entries.ts'
import { Line } from '../line/line.tsx'
import { useRelayName } from '../line/relay-name.ts'
import { useDoing } from '../messenger.ts'
import { go, href } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { AreaField, ErrorLine } from '../ui/field.tsx'
import { shortKey } from '../ui/identity.ts'
import { Key, Who } from '../ui/who.tsx'
import { useRow, useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { shortened } from '../words/short-name.ts'
import { date } from '../words/time.ts'
import { words } from '../words/words.ts'
import { hasAddressOfTheirs, wayTo } from './truth.ts'

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const characters = (text: string): number => [...segmenter.segment(text)].length

/** What a link says, before anything is called: who, through whom, and what they will learn. */
export function AddDialog({
  preview,
  link,
  onClose,
  onSent,
}: {
  readonly preview: InvitePreview
  readonly link: string
  readonly onClose: () => void
  readonly onSent: (contact: string) => void
}) {
  const { people, shell } = words
  const [note, setNote] = useState('')
  const { run, failure, isBusy } = useDoing()
  const left = NOTE_MAX_CHARACTERS - characters(note)
  const nearby = useView('nearby')?.get(preview.id)
  // A bare key says no name; somebody on this network may show one.
  const display = [preview.name, nearby?.name ?? ''].find((said) => said !== '') ?? shortKey(preview.id)
  const name = shortened(display)
  const asking = people.asking({
    name,
    way: wayTo(preview),
    hasAddress: hasAddressOfTheirs(preview),
    isRelayOnly: useRow('settings')?.relayOnly ?? false,
    nearby: nearby?.via,
  })
  const known = preview.known ?? 'none'
  const isPointless = known === 'mutual' || known === 'blocked'

  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (left < 0) return
    const answer = await run('contact.add', { link, note })
    if (answer !== undefined) onSent(answer.value.contact)
  }

  return (
    <Dialog
      onClose={onClose}
      title={
        <>
          {people.previewTitle} <bdi>{display}</bdi>?
        </>
      }
    >
      <form onSubmit={send} className="form">
        <p className="preview-who">
          <Who id={preview.id} name={display} size="large" />
          <span>
            <Key id={preview.id} />
            {preview.createdAt === undefined ? null : (
              <span className="s13 soft">{people.signed(date(preview.createdAt))}</span>
            )}
          </span>
        </p>
        <PreviewLine preview={preview} name={name} />
        {isPointless ? null : <p className="s13">{asking}</p>}
        {known === 'none' ? null : <p className="s13 warn">{people.known[known]}</p>}
        {isPointless ? null : (
          <AreaField
            label={people.noteLabel}
            hint={people.noteHint(Math.max(0, left))}
            rows={2}
            value={note}
            error={left < 0 ? people.noteTooLong(NOTE_MAX_CHARACTERS) : undefined}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
        {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
        <div className="acts end">
          <Button kind="flat" onClick={onClose}>
            {isPointless ? shell.close : shell.cancel}
          </Button>
          {known === 'mutual' ? (
            // In place of the link that may stand in the address.
            <Button kind="main" onClick={() => go(href('chats', WITH, preview.id), { replace: true })}>
              {people.openConversation}
            </Button>
          ) : null}
          {isPointless ? null : (
            <Button kind="main" isSubmit disabled={isBusy || left < 0}>
              {people.sendRequest}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}

function PreviewLine({ preview, name }: { readonly preview: InvitePreview; readonly name: string }) {
  const { people, chat } = words
  const relayName = useRelayName({ asRelay: true })
  const first = preview.relays[0]
  const relay = first !== undefined ? relayName(first) : wayTo(preview) === 'relay' ? people.aRelay : ''
  return (
    <figure className="sight" data-planned={relay === '' ? undefined : true}>
      <div className="sight-legs">
        <span className="one">{people.notDialled}</span>
      </div>
      <Line state="none" size="l" label={people.previewLine(relay, name)}>
        {relay === '' ? null : <circle className="planned" cx="260" cy="40" r="10" />}
      </Line>
      <ol className="sight-ends">
        <li>
          <b>{chat.panel.you}</b>
        </li>
        <li className="mid3">
          <b>{relay}</b>
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
