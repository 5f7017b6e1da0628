import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { flushSync } from 'react-dom'
import { foundPieces } from '../chat/found-words.ts'
import { keyTip, meaningOf } from '../key-map.ts'
import { go } from '../route.ts'
import { Keys } from '../shortcuts.tsx'
import { useModal } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { Who } from '../ui/who.tsx'
import { useRow } from '../views.ts'
import { words } from '../words/words.ts'
import type { Item } from './items.ts'
import { noteUse } from './recent.ts'
import { useGroups } from './use-groups.ts'

/** One box that leads to everybody and everything: the arrows choose, Enter goes there, Escape gives the focus back. */
export function Palette({
  onClose,
  onSheet,
  onQuit,
}: {
  readonly onClose: () => void
  readonly onSheet: () => void
  readonly onQuit: () => void
}) {
  const { palette } = words.shell
  const dialog = useModal()
  const id = useId()
  const shell = useRow('shell')
  const [typed, setTyped] = useState('')
  const [chosenId, setChosenId] = useState<string>()
  const groups = useGroups(typed, { showSheet: onSheet, askQuit: onQuit })
  const items = groups.flatMap((group) => group.items)
  // What was chosen stays so while messages are still being found below it.
  const chosen = Math.max(
    0,
    items.findIndex((item) => item.id === chosenId),
  )
  const optionId = (at: number) => `${id}-${at}`
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, chosen])

  const take = (item: Item | undefined) => {
    if (item === undefined) return
    if (item.group !== 'messages') noteUse(item.id)
    // Closed first: while it is open, nothing beneath can have the focus.
    flushSync(onClose)
    if ('to' in item.act) go(item.act.to)
    else item.act.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (meaningOf(event, shell) === 'palette') {
      event.preventDefault()
      return onClose()
    }
    const last = items.length - 1
    const to = {
      ArrowDown: chosen === last ? 0 : chosen + 1,
      ArrowUp: chosen === 0 ? last : chosen - 1,
      Home: 0,
      End: last,
    }[event.key]
    if (event.key === 'Enter') take(items[chosen])
    else if (to !== undefined) setChosenId(items[to]?.id)
    else return
    event.preventDefault()
  }

  let at = 0
  return (
    <dialog
      className="palette"
      ref={dialog}
      aria-label={palette.title}
      closedby="any"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      // A press beside it closes it without a cancel.
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      <div className="palette-box">
        <Icon name="search" />
        <input
          className="palette-in"
          role="combobox"
          aria-label={palette.title}
          aria-expanded={items.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={items.length === 0 ? undefined : optionId(chosen)}
          placeholder={palette.hint}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setChosenId(undefined)
          }}
        />
        <Keys names={[keyTip('back', shell?.platform)]} />
      </div>
      <div className="palette-list" id={`${id}-list`} role="listbox" aria-label={palette.results} tabIndex={-1}>
        {groups.map(({ name, items: inGroup }) => {
          const from = at
          at += inGroup.length
          return (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
            <div key={name} role="group" aria-labelledby={`${id}-${name}`}>
              <h2 id={`${id}-${name}`} role="presentation">
                {palette.groups[name]}
              </h2>
              {inGroup.map((item, index) => (
                <Option
                  key={item.id}
                  id={optionId(from + index)}
                  item={item}
                  search={name === 'messages' ? typed : ''}
                  isChosen={from + index === chosen}
                  onPoint={() => setChosenId(item.id)}
                  onTake={() => take(item)}
                />
              ))}
            </div>
          )
        })}
      </div>
      {items.length > 0 ? null : (
        <div className="palette-nothing">
          <p>
            <b>{palette.nothing(typed.trim())}</b>
          </p>
          <p className="soft s13">{palette.nothingHint}</p>
        </div>
      )}
      <p className="sr" role="status">
        {typed.trim() === '' ? '' : palette.found(items.length)}
      </p>
      <p className="palette-foot" aria-hidden="true">
        {palette.foot.map(([names, does]) => (
          <span key={does}>
            <Keys names={names} /> {does}
          </span>
        ))}
      </p>
    </dialog>
  )
}

function Option(props: {
  readonly id: string
  readonly item: Item
  readonly search: string
  readonly isChosen: boolean
  readonly onPoint: () => void
  readonly onTake: () => void
}) {
  const { item, search } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box that has the focus
    <div
      className="palette-option"
      id={props.id}
      role="option"
      tabIndex={-1}
      aria-selected={props.isChosen}
      // A list that grows under a resting pointer must not change what is chosen, so only moving it counts.
      onPointerMove={props.isChosen ? undefined : props.onPoint}
      // The focus stays in the box.
      onMouseDown={(event) => event.preventDefault()}
      onClick={props.onTake}
    >
      {'icon' in item.face ? (
        <span className="palette-icon">
          <Icon name={item.face.icon} />
        </span>
      ) : (
        <Who id={item.face.person} name={item.group === 'messages' ? (item.note ?? '') : item.label} size="tiny" />
      )}
      <bdi className="palette-label">{search === '' ? item.label : <Marked text={item.label} search={search} />}</bdi>
      {item.note === undefined ? null : <bdi className="palette-note">{item.note}</bdi>}
    </div>
  )
}

/** A text with the words that were looked for marked in it. */
function Marked({ text, search }: { readonly text: string; readonly search: string }) {
  return foundPieces(text, search).map((piece, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change their order
    piece.isFound ? <mark key={at}>{piece.text}</mark> : piece.text,
  )
}
