import type { Shell } from '../shared/contract/views.ts'
import { words } from './words/words.ts'

/** What a key does anywhere in the window. */
export type WindowKey =
  | 'palette'
  | 'find'
  | 'above'
  | 'below'
  | 'chats'
  | 'people'
  | 'network'
  | 'settings'
  | 'add'
  | 'sheet'
  | 'back'

/** A key with what has to be held. `main` is Ctrl, and Cmd on a Mac. */
interface Combination {
  readonly held?: 'main' | 'alt'
  /** As `KeyboardEvent.key`; one letter stands for both cases. */
  readonly key: string
}

export interface Shortcut {
  readonly does: WindowKey
  readonly by: readonly Combination[]
  /** A browser keeps this one for itself. */
  readonly onlyOnDesktop?: true
}

/** The keys of the window: what works is what the sheet shows, because both read it here. */
export const shortcuts: readonly Shortcut[] = [
  { does: 'palette', by: [{ held: 'main', key: 'k' }] },
  { does: 'find', by: [{ held: 'main', key: 'f' }] },
  { does: 'above', by: [{ held: 'alt', key: 'ArrowUp' }] },
  { does: 'below', by: [{ held: 'alt', key: 'ArrowDown' }] },
  { does: 'chats', by: [{ held: 'main', key: '1' }] },
  { does: 'people', by: [{ held: 'main', key: '2' }] },
  { does: 'network', by: [{ held: 'main', key: '3' }] },
  {
    does: 'settings',
    by: [
      { held: 'main', key: '4' },
      { held: 'main', key: ',' },
    ],
  },
  { does: 'add', by: [{ held: 'main', key: 'n' }], onlyOnDesktop: true },
  { does: 'sheet', by: [{ key: '?' }, { held: 'main', key: '/' }] },
  { does: 'back', by: [{ key: 'Escape' }] },
]

/** The shortcuts that work in this shell. */
export const shortcutsOf = (shell: Pick<Shell, 'kind'> | undefined): readonly Shortcut[] =>
  shortcuts.filter(({ onlyOnDesktop }) => onlyOnDesktop !== true || shell?.kind === 'electron')

/** The part of a `KeyboardEvent` that says which key was pressed. */
export interface Pressed {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const isLetter = (key: string): boolean => /^\p{L}$/u.test(key)
const isAscii = (key: string): boolean => /^[\x20-\x7e]+$/.test(key)

/** Whether this key was pressed, on any layout: letters of another script and shifted digits go by their place. */
function isPressed({ held, key }: Combination, pressed: Pressed, platform: Shell['platform']): boolean {
  const [main, other] = platform === 'macos' ? [pressed.metaKey, pressed.ctrlKey] : [pressed.ctrlKey, pressed.metaKey]
  if (main !== (held === 'main') || other || pressed.altKey !== (held === 'alt')) return false
  // Where a sign stands behind Shift differs from layout to layout; Shift and a letter is another key.
  if (pressed.shiftKey && isLetter(key)) return false
  if (pressed.key.toLowerCase() === key.toLowerCase()) return true
  if (/^\d$/.test(key)) return pressed.code === `Digit${key}` && !pressed.shiftKey
  return isLetter(key) && !isAscii(pressed.key) && pressed.code === `Key${key.toUpperCase()}`
}

/** What the pressed key does anywhere in the window, if it does anything. */
export const meaningOf = (
  pressed: Pressed,
  shell: Pick<Shell, 'kind' | 'platform'> | undefined,
): WindowKey | undefined =>
  shortcutsOf(shell).find(({ by }) => by.some((each) => isPressed(each, pressed, shell?.platform ?? 'other')))?.does

const NAMES: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' }

/** A combination as it is printed on the keys: `Ctrl K`, `⌘ K`; a sign stands alone. */
export function keyNames({ held, key }: Combination, platform: Shell['platform'] | undefined): readonly string[] {
  const isMac = platform === 'macos'
  const name = NAMES[key] ?? key.toUpperCase()
  if (held === undefined) return [name]
  return [held === 'main' ? (isMac ? '⌘' : words.shell.shortcuts.control) : isMac ? '⌥' : 'Alt', name]
}

/** The first combination of a shortcut in one word, for a tip: `Ctrl+K`. */
export function keyTip(does: WindowKey, platform: Shell['platform'] | undefined): string {
  const first = shortcuts.find((shortcut) => shortcut.does === does)?.by[0]
  return first === undefined ? '' : keyNames(first, platform).join(platform === 'macos' ? ' ' : '+')
}
