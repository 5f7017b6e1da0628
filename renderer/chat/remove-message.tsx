import type { Message } from '../../shared/domain/message.ts'
import { Confirm } from '../ui/confirm.tsx'
import { words } from '../words/words.ts'

/** Asks before a message goes: from this screen, or from both. */
export function RemoveMessage({
  message,
  from,
  name,
  onYes,
  onClose,
}: {
  readonly message: Message
  readonly from: 'here' | 'everyone'
  /** The other person. */
  readonly name: string
  readonly onYes: () => void
  readonly onClose: () => void
}) {
  const { removing } = words.chat
  const text = message.body.kind === 'text' ? message.body.text : ''
  return (
    <Confirm
      title={from === 'here' ? removing.hereTitle : removing.everyoneTitle}
      words={
        <>
          {text === '' ? null : (
            <p className="quote removing" dir="auto">
              {text.slice(0, 200)}
            </p>
          )}
          <p>{from === 'here' ? removing.here(name) : removing.everyone(name)}</p>
        </>
      }
      act={from === 'here' ? words.chat.removeHere : words.chat.removeEverywhere}
      kind="danger"
      onYes={onYes}
      onClose={onClose}
    />
  )
}
