const HUES = 8

/** One of eight tones, 1 to 8, always the same for the same key. */
export function toneOf(key: string): number {
  let sum = 0
  for (const character of key) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return (sum % HUES) + 1
}

/** A key's short form: its last eight characters in two groups. The first ones are the same in every key. */
export const shortKey = (key: string): string => `${key.slice(-8, -4)} ${key.slice(-4)}`.trim()

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const firstGrapheme = (word: string): string => segmenter.segment(word)[Symbol.iterator]().next().value?.segment ?? ''

/** Two letters for a name: of its first and its last word. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const first = words[0] ?? name.trim()
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  return (firstGrapheme(first) + firstGrapheme(last)).toLocaleUpperCase()
}
