import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import { Tool } from '../ui/button.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { type Finding, HITS_MOST, SEARCH_MOST_CHARACTERS } from './use-find.ts'

/** Looks for words in the open conversation: Enter and the arrows lead from hit to hit, Escape closes it. */
export function FindBar({
  finding,
  name,
  asked,
  onClose,
}: {
  readonly finding: Finding
  readonly name: string
  /** Another number: it was asked for once more, and takes the focus. */
  readonly asked: number
  readonly onClose: () => void
}) {
  const { find } = words.chat
  const { search, setSearch, step, hits, failure } = finding
  const box = useRef<HTMLInputElement>(null)
  const id = useId()
  // biome-ignore lint/correctness/useExhaustiveDependencies: being asked for again is the reason
  useEffect(() => {
    box.current?.focus()
    box.current?.select()
  }, [asked])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      onClose()
      return
    }
    if (event.target !== box.current || event.altKey) return
    const isBack = (event.key === 'Enter' && !event.shiftKey) || event.key === 'ArrowUp'
    const isForth = (event.key === 'Enter' && event.shiftKey) || event.key === 'ArrowDown'
    if (!isBack && !isForth) return
    event.preventDefault()
    step(isBack ? -1 : 1)
  }
  const isEmpty = hits === undefined || hits.length === 0
  return (
    <search className="find-bar" onKeyDown={onKeyDown}>
      <div className="find">
        <Icon name="search" isSmall />
        <label className="sr" htmlFor={id}>
          {find.label(name)}
        </label>
        <input
          className="in"
          id={id}
          type="search"
          value={search}
          placeholder={find.placeholder}
          autoComplete="off"
          spellCheck={false}
          maxLength={SEARCH_MOST_CHARACTERS}
          ref={box}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <span className="find-count num" role="status">
        {saidOf(finding)}
      </span>
      <Tool icon="up" label={find.older} disabled={isEmpty} onClick={() => step(-1)} />
      <Tool icon="down" label={find.newer} disabled={isEmpty} onClick={() => step(1)} />
      <Tool icon="close" label={find.close} onClick={onClose} />
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
    </search>
  )
}

function saidOf({ search, hits, at, found }: Finding): string {
  const { find } = words.chat
  if (search.trim() === '' || hits === undefined || found === '') return ''
  if (hits.length === 0) return find.nothing
  // Counted from the newest, where looking begins.
  return find.at(hits.length - at, hits.length, hits.length >= HITS_MOST)
}
