import type { ReactElement } from 'react'

// Drawn on a grid of 20 with one pen: see styles/base.css.
const drawings = {
  chats: (
    <>
      <path d="M3.5 4.5h13v9h-8l-3.5 3v-3h-1.5z" />
      <path d="M7 9h6" />
    </>
  ),
  people: (
    <>
      <circle cx="7" cy="7" r="2.7" />
      <path d="M2.5 16c.3-3 2-4.6 4.5-4.6s4.2 1.6 4.5 4.6" />
      <circle cx="14" cy="8" r="2.1" />
      <path d="M13.8 12.3c2 0 3.4 1.2 3.7 3.7" />
    </>
  ),
  network: (
    <>
      <circle cx="3.5" cy="15" r="1.6" fill="currentColor" />
      <circle cx="16.5" cy="15" r="1.6" fill="currentColor" />
      <circle cx="10" cy="5.5" r="2.7" />
      <path d="M4.5 13.6l3.8-5.6M15.5 13.6l-3.8-5.6M6 15h8" />
    </>
  ),
  settings: (
    <>
      <path d="M3 6.5h6.2M13.8 6.5H17M3 13.5h2.2M9.8 13.5H17" />
      <circle cx="11.5" cy="6.5" r="2.2" />
      <circle cx="7.5" cy="13.5" r="2.2" />
    </>
  ),
  search: (
    <>
      <circle cx="9" cy="9" r="5" />
      <path d="M13 13l4 4" />
    </>
  ),
  link: (
    <>
      <path d="M8.6 11.4a3 3 0 004.2 0l2.9-2.9a3 3 0 00-4.2-4.2l-1 1" />
      <path d="M11.4 8.6a3 3 0 00-4.2 0l-2.9 2.9a3 3 0 004.2 4.2l1-1" />
    </>
  ),
  plus: <path d="M10 4v12M4 10h12" />,
  close: <path d="M5 5l10 10M15 5L5 15" />,
  back: <path d="M12 4.5L6.5 10l5.5 5.5" />,
  more: <path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.4" />,
  send: <path d="M10 16V4.5M5 9.3l5-4.8 5 4.8" />,
  clock: (
    <>
      <circle cx="10" cy="10" r="6.5" />
      <path d="M10 6.3V10l2.5 1.7" />
    </>
  ),
  check: <path d="M4.5 10.5l3.7 3.7 7.3-8" />,
  copy: (
    <>
      <rect x="7" y="7" width="9.5" height="9.5" rx="1.5" />
      <path d="M13 4.5V4H4v9h.5" />
    </>
  ),
  shield: <path d="M10 2.8l6 2.2v4.5c0 3.7-2.4 6.3-6 7.7-3.6-1.4-6-4-6-7.7V5zM7.3 9.8l2 2 3.4-3.8" />,
  lock: (
    <>
      <rect x="4.5" y="9" width="11" height="7.5" rx="1.5" />
      <path d="M7 9V6.5a3 3 0 016 0V9" />
    </>
  ),
  warn: <path d="M10 3.2l7.3 13H2.7zM10 8v4M10 14.2h.01" />,
  go: <path d="M4 10h11M11 5.5l4.5 4.5-4.5 4.5" />,
  sun: (
    <>
      <circle cx="10" cy="10" r="6.3" />
      <path d="M10 3.7v12.6" />
      <path d="M10 3.7a6.3 6.3 0 010 12.6z" fill="currentColor" />
    </>
  ),
  info: (
    <>
      <circle cx="10" cy="10" r="6.5" />
      <path d="M10 9.3v4M10 6.8h.01" />
    </>
  ),
  globe: (
    <>
      <circle cx="10" cy="10" r="6.5" />
      <path d="M3.5 10h13M10 3.5c2.4 2 2.4 11 0 13M10 3.5c-2.4 2-2.4 11 0 13" />
    </>
  ),
  reply: <path d="M8 5L3.5 9.5 8 14M4 9.5h7.5a5 5 0 015 5" />,
  pencil: <path d="M4 16l.8-3.4L13.4 4l2.6 2.6-8.6 8.6zM11.6 5.8l2.6 2.6" />,
  bin: <path d="M4 6h12M8 6V4h4v2M5.5 6l.8 10.5h7.4L14.5 6" />,
  smile: (
    <>
      <circle cx="10" cy="10" r="6.5" />
      <path d="M7.3 11.6c1.3 2 4.1 2 5.4 0M8 8.2h.01M12 8.2h.01" />
    </>
  ),
  scan: <path d="M3.5 7V3.5H7M13 3.5h3.5V7M16.5 13v3.5H13M7 16.5H3.5V13M6.5 10h7" />,
  quit: <path d="M10 3.5v6M6.2 5.6a6 6 0 107.6 0" />,
  bell: <path d="M5.5 13.5V9a4.5 4.5 0 019 0v4.5l1 1h-11zM8.5 16.7h3" />,
  window: (
    <>
      <rect x="3" y="4" width="14" height="12" rx="1.5" />
      <path d="M3 8h14" />
    </>
  ),
  up: <path d="M5 12.5l5-5 5 5" />,
  down: <path d="M5 7.5l5 5 5-5" />,
} as const satisfies Record<string, ReactElement>

export type IconName = keyof typeof drawings

/** A small drawing; never alone, a word or a label says the same. */
export function Icon({ name, isSmall = false }: { readonly name: IconName; readonly isSmall?: boolean }) {
  return (
    <svg className={isSmall ? 'icon sm' : 'icon'} viewBox="0 0 20 20" aria-hidden="true">
      {drawings[name]}
    </svg>
  )
}
