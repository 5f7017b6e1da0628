import { Button } from './ui/button.tsx'
import { Dialog } from './ui/dialog.tsx'
import { words } from './words/words.ts'

/** The sheet of keys, under `?`. */
export function Shortcuts({ onClose }: { readonly onClose: () => void }) {
  const { shell } = words
  return (
    <Dialog title={shell.shortcuts.title} onClose={onClose}>
      <dl className="keys">
        {shell.shortcuts.rows.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <div className="acts end">
        <Button kind="main" onClick={onClose}>
          {shell.close}
        </Button>
      </div>
    </Dialog>
  )
}
