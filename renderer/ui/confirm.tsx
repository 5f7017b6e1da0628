import type { ReactNode } from 'react'
import { words as sentences } from '../words/words.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

/** Asks before something is done that cannot be undone by one press. Cancel has the focus first; both answers close it. */
export function Confirm({
  title,
  words,
  act,
  kind = 'main',
  onYes,
  onClose,
}: {
  readonly title: ReactNode
  /** What follows from a yes. */
  readonly words: ReactNode
  /** The words on the button that does it: a verb, never “Yes”. */
  readonly act: string
  readonly kind?: 'main' | 'danger'
  readonly onYes: () => void
  readonly onClose: () => void
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div>{words}</div>
      <div className="acts end">
        <Button kind="flat" onClick={onClose}>
          {sentences.shell.cancel}
        </Button>
        <Button
          kind={kind}
          onClick={() => {
            onClose()
            onYes()
          }}
        >
          {act}
        </Button>
      </div>
    </Dialog>
  )
}
