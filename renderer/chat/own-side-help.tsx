import type { Contact } from '../../shared/domain/contact.ts'
import { href } from '../route.ts'
import type { OwnSide } from '../words/own-side.ts'
import { words } from '../words/words.ts'

/** A way to where something can be changed. */
export function Help({ to, label }: { readonly to: string; readonly label: string }) {
  return (
    <div className="acts">
      <HelpLink to={to} label={label} />
    </div>
  )
}

const HelpLink = ({ to, label }: { readonly to: string; readonly label: string }) => (
  <a className="btn small" href={to}>
    {label}
  </a>
)

/** What I can do about a missing line when my own side is the reason; nothing when it is not. */
export function OwnSideHelp({
  own: { state, relayOnly },
  contact,
  title,
}: {
  readonly own: OwnSide
  readonly contact: Contact
  readonly title?: string
}) {
  const { panel } = words.chat
  // Without a network, and before the relays have answered, nothing of this would help.
  if (state !== 'no-relay' && state !== 'silent' && state !== 'no-place') return null
  const links = (
    <div className="acts">
      {relayOnly === undefined ? null : (
        <HelpLink
          to={relayOnly === 'all' ? href('settings', 'privacy') : href('people', contact.id)}
          label={panel.relayOnlyOff}
        />
      )}
      <HelpLink to={href('network', 'relays')} label={state === 'no-relay' ? panel.addRelay : panel.toRelays} />
    </div>
  )
  if (title === undefined) return links
  return (
    <section className="sec">
      <header>
        <h2>{title}</h2>
      </header>
      {links}
    </section>
  )
}
