import { count } from '../size.ts'

/** Words of the frame round every page. */
export const shell = {
  pages: { chats: 'Chats', people: 'People', network: 'Network', settings: 'Settings' },
  pagesLabel: 'Pages',
  back: 'Back',
  unread: (howMany: number) => `${howMany} unread`,
  requests: (howMany: number) => count(howMany, 'request'),
  inBrowser: 'In your browser',
  lost: 'Sightline stopped or was started anew: open the link it printed. If it is still there, this window finds it by itself.',
  /** How a newcomer would reach me, in one or two words under my own line. */
  reach: {
    direct: 'Direct',
    lan: 'Nearby only',
    relayed: 'By relay',
    upgrading: 'By relay',
    none: 'No way in',
    unknown: 'Not known',
  },
  reachLabel: {
    direct: 'You: newcomers reach you directly',
    lan: 'You: only people nearby reach you',
    relayed: 'You: newcomers reach you by relay',
    upgrading: 'You: newcomers reach you by relay',
    none: 'You: newcomers cannot reach you yet',
    unknown: 'You: not known yet how newcomers reach you',
  },
  title: (page: string, unread: number) => `${unread > 0 ? `(${unread}) ` : ''}${page} · Sightline`,
  crashed: 'This window stumbled over a mistake of its own',
  crashedHint: 'Your messages are safe: Sightline itself runs on. Reload the window to go on.',
  reload: 'Reload',
  cancel: 'Cancel',
  close: 'Close',
  shortcuts: {
    title: 'Keys',
    rows: [
      ['Alt + ↑ or ↓', 'The conversation above or below'],
      ['↑ ↓ Home End', 'Walk through a list, or through the messages'],
      ['Enter', 'Send'],
      ['Shift + Enter', 'A new line'],
      ['Esc', 'Back, or close what is open'],
      ['?', 'This sheet'],
    ],
  },
} as const
