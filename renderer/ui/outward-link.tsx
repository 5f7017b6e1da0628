import { type MouseEvent, type ReactNode, useState } from 'react'
import { createPortal } from 'react-dom'
import { type Judged, judgeAddress } from '../../shared/domain/outward-address.ts'
import { words } from '../words/words.ts'
import { Button } from './button.tsx'
import { CopyButton } from './copy.tsx'
import { Dialog } from './dialog.tsx'
import { Icon } from './icon.tsx'

/**
 * A link out of the app, as it stands in a message. `asks`: the page itself names the real host before it opens anything;
 * a desktop window leaves that to its shell. An address that hides its host is never opened, wherever the page runs.
 */
export function OutwardLink({
  href,
  asks,
  children,
}: {
  readonly href: string
  readonly asks: boolean
  readonly children: ReactNode
}) {
  const [isAsking, setIsAsking] = useState(false)
  const judged = judgeAddress(href)
  const ask = (event: MouseEvent) => {
    event.preventDefault()
    setIsAsking(true)
  }
  return (
    <>
      {judged.kind === 'refused' ? (
        <button type="button" className="as-link" onClick={ask}>
          {children}
        </button>
      ) : (
        <a
          href={judged.address}
          target="_blank"
          rel="noreferrer noopener"
          // The middle button opens a tab without a click.
          {...(asks ? { onClick: ask, onAuxClick: (event: MouseEvent) => event.button === 1 && ask(event) } : {})}
        >
          {children}
        </a>
      )}
      {/* Outside of the text it stands in, whose look would go over into the dialog. */}
      {isAsking ? createPortal(<Leaving judged={judged} onClose={() => setIsAsking(false)} />, document.body) : null}
    </>
  )
}

function Leaving({ judged, onClose }: { readonly judged: Judged; readonly onClose: () => void }) {
  const { outward, cancel, close } = words.shell
  if (judged.kind === 'refused')
    return (
      <Dialog title={outward.refusedTitle} onClose={onClose}>
        <p>{outward.refused[judged.because]}</p>
        <div className="acts end">
          <Button kind="main" onClick={onClose}>
            {close}
          </Button>
        </div>
      </Dialog>
    )
  return (
    <Dialog title={outward.title} onClose={onClose}>
      <p className="outward-host" dir="ltr">
        {judged.host}
      </p>
      <Warnings judged={judged} />
      <div>
        <p className="s12 faint">{outward.whole}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className="mono outward-whole" dir="ltr" aria-label={outward.whole} tabIndex={0}>
          {judged.address}
        </section>
      </div>
      <div className="acts end">
        <CopyButton text={judged.address} label={outward.copy} done={outward.copied} kind="flat" />
        <Button kind="flat" onClick={onClose}>
          {cancel}
        </Button>
        <a className="btn main" href={judged.address} target="_blank" rel="noreferrer noopener" onClick={onClose}>
          {outward.open}
        </a>
      </div>
    </Dialog>
  )
}

function Warnings({ judged }: { readonly judged: Extract<Judged, { kind: 'leads' }> }) {
  const { outward } = words.shell
  const { hostInItsLetters, isMixed, isOpenToAll } = judged
  return (
    <>
      {hostInItsLetters === undefined ? null : (
        <p className="outward-warning warn">
          <Icon name="warn" isSmall />
          <span>
            {outward.reads} <bdi className="outward-letters">{hostInItsLetters}</bdi>.{' '}
            {isMixed ? outward.mixed : outward.letters}
          </span>
        </p>
      )}
      {isOpenToAll ? (
        <p className="outward-warning warn">
          <Icon name="warn" isSmall />
          <span>{outward.openToAll}</span>
        </p>
      ) : null}
    </>
  )
}
