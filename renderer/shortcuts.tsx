import { Fragment } from 'react'
import { keyNames, shortcutsOf } from './key-map.ts'
import { Button } from './ui/button.tsx'
import { Dialog } from './ui/dialog.tsx'
import { useRow } from './views.ts'
import { words } from './words/words.ts'

/** The sheet of keys: those of the window as they work here, then those of the places one stands in. */
export function Shortcuts({ onClose }: { readonly onClose: () => void }) {
  const { shell } = words
  return (
    <Dialog title={shell.shortcuts.title} onClose={onClose}>
      <ShortcutTable />
      <div className="acts end">
        <Button kind="main" onClick={onClose}>
          {shell.close}
        </Button>
      </div>
    </Dialog>
  )
}

/** The keys and what they do, as a sheet and in the settings. */
export function ShortcutTable() {
  const { shortcuts: said } = words.shell
  const shell = useRow('shell')
  return (
    <div className="key-table">
      <h3>{said.anywhere}</h3>
      <dl className="keys">
        {shortcutsOf(shell).map(({ does, by }) => (
          <div key={does}>
            <dt>
              {by.map((combination, at) => (
                <Fragment key={combination.key}>
                  {at === 0 ? null : <span> {said.or} </span>}
                  <Keys names={keyNames(combination, shell?.platform)} />
                </Fragment>
              ))}
            </dt>
            <dd>{said.does[does]}</dd>
          </div>
        ))}
      </dl>
      <h3>{said.inPlaces}</h3>
      <dl className="keys">
        {said.places.map(([names, does]) => (
          <div key={does}>
            <dt>
              <Keys names={names} />
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** Keys side by side, each drawn as one. */
export function Keys({ names }: { readonly names: readonly string[] }) {
  return (
    <span className="key-row">
      {names.map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  )
}
