import type { Shell } from '../../../shared/contract/views.ts'
import type { NativeWords } from '../words/words.ts'
import { escapeMarkup, oneLine } from './native-text.ts'

/** What a notification stands for. */
export interface Told {
  readonly about: 'messages' | 'requests'
  /** How many since it appeared first. */
  readonly count: number
  /** Who; absent when the person is not known here. */
  readonly name?: string | undefined
  /** The newest words, when they are known. */
  readonly text?: string | undefined
}

/** The two texts of a notification. Without `showsText` there is no name and no word of anybody in them. */
export function noticeOf(
  { about, count, name, text }: Told,
  { words, showsText, platform }: { words: NativeWords; showsText: boolean; platform: Shell['platform'] },
): { readonly title: string; readonly body: string } {
  const sum = about === 'messages' ? words.newMessages(count) : words.newRequests(count)
  const who = name === undefined ? '' : oneLine(name, 64)
  if (!showsText || who === '') return { title: 'Sightline', body: sum }
  // The freedesktop notification specification reads markup in the body, and in the body only.
  const body = (said: string) => (platform === 'linux' ? escapeMarkup(said) : said)
  if (about === 'requests') return { title: 'Sightline', body: body(count === 1 ? words.asks(who) : sum) }
  const said = text === undefined ? '' : oneLine(text)
  if (said === '') return { title: who, body: sum }
  return { title: count === 1 ? who : `${who} · ${sum}`, body: body(said) }
}
