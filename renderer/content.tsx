import type { ReactNode } from 'react'
import { href, type Page } from './route.ts'
import { ToolLink } from './ui/button.tsx'
import { words } from './words/words.ts'

/** What stands beside a list: scrolls by itself; on a narrow window a bar leads back to the list. */
export function Content({
  title,
  backTo,
  children,
}: {
  readonly title: string
  readonly backTo: Page
  readonly children: ReactNode
}) {
  return (
    <div className="content">
      <div className="bar">
        <ToolLink icon="back" label={words.shell.back} to={href(backTo)} extra="back" />
        {title}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="page" aria-label={title} tabIndex={0}>
        {children}
      </section>
    </div>
  )
}
