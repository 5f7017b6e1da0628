import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import type { Failure } from '../../shared/contract/failures.ts'
import type { Contact } from '../../shared/domain/contact.ts'
import { TEXT_MAX_BYTES } from '../../shared/domain/limits.ts'
import type { Conversation, Message } from '../../shared/domain/message.ts'
import { ask, useDoing } from '../messenger.ts'
import { nameOf } from '../people/person.ts'
import { Button, Tool } from '../ui/button.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { failureSentence } from '../words/failure.ts'
import { shortName } from '../words/short-name.ts'
import { words } from '../words/words.ts'
import { isKeptHereOnly, useDraft } from './draft.ts'

/** What the next words are for, beside being a new message. */
export interface Task {
  readonly kind: 'reply' | 'edit'
  readonly message: Message
}

const utf8 = new TextEncoder()
const TYPING_EVERY_MS = 3_000
// From here on the bytes left are shown.
const NEAR_LIMIT_BYTES = 1024

const textOf = (message: Message): string => (message.body.kind === 'text' ? message.body.text : '')

/** Where one writes. Enter sends, Shift and Enter break the line; it grows to eight lines. */
export function Composer({
  conversation,
  loaded,
  contact,
  task,
  hasFiles,
  onTaskEnd,
  onSend,
  lastMine,
  onEditLast,
}: {
  readonly conversation: Conversation
  /** Holds the whole draft; absent until it is known. */
  readonly loaded: { readonly draft?: string | undefined } | undefined
  readonly contact: Contact
  readonly task: Task | undefined
  /** Somebody tried to give files. */
  readonly hasFiles: { readonly is: boolean; readonly set: (is: boolean) => void }
  readonly onTaskEnd: () => void
  /** Something is being sent: who reads further up wants to see it. */
  readonly onSend: () => void
  readonly lastMine: () => Message | undefined
  readonly onEditLast: (message: Message) => void
}) {
  const { chat } = words
  const name = nameOf(contact)
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const draft = useDraft(conversation, loaded)
  const [edited, setEdited] = useState('')
  const [failed, setFailed] = useState<Failure>()
  const toldTypingAt = useRef(0)
  const isEditing = task?.kind === 'edit'
  const isBlocked = contact.state === 'blocked'
  const text = isEditing ? edited : draft.text
  const setText = isEditing ? setEdited : draft.setText
  const bytes = utf8.encode(text).length
  const isTooLong = bytes > TEXT_MAX_BYTES

  // Before the next key is heard: typing goes on at the end of the message to be changed.
  useLayoutEffect(() => {
    if (task === undefined) return
    if (task.kind === 'edit') setEdited(textOf(task.message))
    box.current?.focus()
  }, [task])

  const send = async () => {
    if (text.trim() === '' || isTooLong || isBlocked) return
    const { id: conversationId } = conversation
    setFailed(undefined)
    setText('')
    // A message ends the notice on the other side, so the next letter is news again.
    toldTypingAt.current = 0
    onTaskEnd()
    if (!isEditing) onSend()
    const result = isEditing
      ? await ask('message.edit', { conversation: conversationId, message: task.message.id, text })
      : await ask('message.send', {
          conversation: conversationId,
          text,
          ...(task === undefined ? {} : { inReplyTo: task.message.id }),
        })
    if (result.ok) return
    setFailed(result.failure)
    // Nothing typed is lost: it comes back in front of what was typed meanwhile.
    if (!isEditing) draft.setText(box.current?.value ? `${text}\n${box.current.value}` : text)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Escape' && task !== undefined) {
      event.stopPropagation()
      onTaskEnd()
    } else if (event.key === 'ArrowUp' && !event.altKey && text === '' && task === undefined) {
      const last = lastMine()
      if (last === undefined) return
      event.preventDefault()
      onEditLast(last)
    }
  }

  const tellTyping = () => {
    if (Date.now() - toldTypingAt.current < TYPING_EVERY_MS) return
    toldTypingAt.current = Date.now()
    void ask('conversation.typing', { conversation: conversation.id })
  }

  const note = isTooLong
    ? chat.tooLong(bytes, TEXT_MAX_BYTES) + (isKeptHereOnly(text) ? ` ${chat.keptHereOnly}` : '')
    : failed !== undefined
      ? failureSentence(failed)
      : hasFiles.is
        ? chat.noFiles
        : undefined
  return (
    <form
      className="compose"
      aria-label={chat.compose(shortName(contact))}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <NotMutual contact={contact} />
      {task === undefined ? null : <TaskLine task={task} contact={contact} onEnd={onTaskEnd} />}
      {note === undefined ? null : <ErrorLine id={`${id}-note`}>{note}</ErrorLine>}
      <label className="sr" htmlFor={id}>
        {chat.message(name)}
      </label>
      <textarea
        className="in"
        id={id}
        ref={box}
        rows={1}
        placeholder={chat.message(shortName(contact))}
        value={text}
        readOnly={!isEditing && !draft.isReady}
        disabled={isBlocked}
        dir="auto"
        aria-invalid={isTooLong || undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={(event) => {
          setText(event.target.value)
          hasFiles.set(false)
          if (!isEditing && event.target.value !== '') tellTyping()
        }}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          // A copied table comes as words and as a picture: then the words are meant.
          const { files, types } = event.clipboardData
          if (files.length === 0 || types.includes('text/plain')) return
          event.preventDefault()
          hasFiles.set(true)
        }}
      />
      <Tool
        icon={isEditing ? 'check' : 'send'}
        label={isEditing ? chat.saveEdit : chat.send}
        extra="main"
        isSubmit
        disabled={isTooLong || isBlocked}
      />
      {!isTooLong && bytes > TEXT_MAX_BYTES - NEAR_LIMIT_BYTES ? (
        <p className="s12 faint num left">{chat.nearLimit(bytes, TEXT_MAX_BYTES)}</p>
      ) : null}
    </form>
  )
}

function TaskLine({
  task,
  contact,
  onEnd,
}: {
  readonly task: Task
  readonly contact: Contact
  readonly onEnd: () => void
}) {
  const { chat } = words
  const isReply = task.kind === 'reply'
  const title = isReply ? chat.replyingTo(task.message.isMine ? chat.you : shortName(contact)) : chat.editing
  return (
    <div className="task">
      <span className="quote">
        <b>{title}</b>
        <br />
        {textOf(task.message).slice(0, 140)}
      </span>
      <Tool icon="close" label={isReply ? chat.stopReply : chat.stopEdit} onClick={onEnd} />
    </div>
  )
}

/** Said beside the box when words would wait or go nowhere. */
function NotMutual({ contact }: { readonly contact: Contact }) {
  const { notMutual } = words.chat
  if (contact.state === 'mutual') return null
  const name = shortName(contact)
  if (contact.state === 'blocked') return <Blocked contact={contact} />
  return <p className="s12 soft">{contact.state === 'asked' ? notMutual.asked(name) : notMutual.other(name)}</p>
}

function Blocked({ contact }: { readonly contact: Contact }) {
  const { run, failure, isBusy } = useDoing()
  const { chat } = words
  return (
    <div className="soft acts">
      <span className="s13">{chat.blockedHint(shortName(contact))}</span>
      <Button isSmall disabled={isBusy} onClick={() => run('contact.unblock', { id: contact.id })}>
        {chat.unblock}
      </Button>
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
    </div>
  )
}
