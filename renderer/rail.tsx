import { keyTip } from './key-map.ts'
import { Line } from './line/line.tsx'
import { href, type Page } from './route.ts'
import { Icon, type IconName } from './ui/icon.tsx'
import { Logo } from './ui/logo.tsx'
import { useRow, useView } from './views.ts'
import { words } from './words/words.ts'

const entries = ['chats', 'people', 'network', 'settings'] as const satisfies readonly (Page & IconName)[]

/** The ways to the pages; at its foot my own state, as a line. */
export function Rail({
  page,
  unread,
  onPalette,
}: {
  readonly page: Page
  readonly unread: number
  readonly onPalette: () => void
}) {
  const { shell } = words
  const people = useView('people')
  const platform = useRow('shell')?.platform
  const requests = [...(people?.values() ?? [])].filter(({ state }) => state === 'asks-me').length
  const counts: Partial<Record<Page, readonly [number, string]>> = {
    chats: [unread, shell.unread(unread)],
    people: [requests, shell.requests(requests)],
  }
  return (
    <nav className="rail" aria-label={shell.pagesLabel}>
      <Logo size={36} />
      {entries.map((entry) => {
        const [count, said] = counts[entry] ?? [0, '']
        return (
          <a key={entry} href={href(entry)} aria-current={entry === page ? 'page' : undefined}>
            <Icon name={entry} />
            {shell.pages[entry]}
            {count > 0 ? (
              <span className="count">
                <span aria-hidden="true">{count}</span>
                <span className="sr"> {said}</span>
              </span>
            ) : null}
          </a>
        )
      })}
      <button
        type="button"
        className="rail-go"
        title={`${shell.palette.open} (${keyTip('palette', platform)})`}
        aria-haspopup="dialog"
        aria-keyshortcuts={platform === 'macos' ? 'Meta+K' : 'Control+K'}
        onClick={onPalette}
      >
        <Icon name="search" />
        {shell.palette.short}
      </button>
      <Foot />
    </nav>
  )
}

function Foot() {
  const { shell } = words
  const kind = useRow('self')?.reach.line.kind ?? 'unknown'
  const isInBrowser = useRow('shell')?.kind === 'loopback'
  return (
    <div className="foot">
      {isInBrowser ? (
        <a className="browser" href={href('settings', 'about')}>
          {shell.inBrowser}
        </a>
      ) : null}
      <a className="self" href={href('network', 'reachability')} title={shell.reachLabel[kind]}>
        <Line state={kind} label={shell.reachLabel[kind]} />
        <span aria-hidden="true">{shell.reach[kind]}</span>
      </a>
    </div>
  )
}
