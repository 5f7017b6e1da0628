/** Something that can be looked for by typing. */
export interface Findable {
  readonly id: string
  readonly label: string
  /** Further words that lead to it and are not shown as its name. */
  readonly also?: string
}

/** How well typed words name something: higher is better; `undefined` where one of them does not fit at all. */
export type Quality = number | undefined

// Letters that do not come apart into a plain one and its mark.
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  þ: 'th',
}

/** A text as one types it who knows no accents: lower case, without marks and invisible signs. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[ßæœøđðłħıþ]/gu, (letter) => LETTERS[letter] ?? letter)

/** The words of a text that was folded already. */
const wordsOf = (folded: string): readonly string[] =>
  folded.split(/[^\p{L}\p{N}\p{So}]+/u).filter((word) => word !== '')

const WHOLE_WORD = 4
const BEGINS_LABEL = 3.5
const BEGINS_WORD = 3
// Among further words nothing but a beginning counts: letters strewn over them are in nearly everything.
const BEGINS_FURTHER_WORD = 2
const SUBSEQUENCE_MOST = 1

/** A findable with its words taken apart once, however often one types. */
export interface Prepared<Item extends Findable> {
  readonly item: Item
  readonly label: string
  readonly words: readonly string[]
  readonly further: readonly string[]
}

/** Takes the words of things to be found apart. */
export const prepare = <Item extends Findable>(items: readonly Item[]): readonly Prepared<Item>[] =>
  items.map((item) => {
    const label = fold(item.label)
    return { item, label, words: wordsOf(label), further: wordsOf(fold(item.also ?? '')) }
  })

/** Holds typed words, folded, against one thing: each of them begins a word of it, or its letters come in this order. */
export function qualityOf(
  typed: readonly string[],
  { label, words, further }: Omit<Prepared<Findable>, 'item'>,
): Quality {
  let sum = 0
  for (const word of typed) {
    const quality = wordQuality(word, label, words, further)
    if (quality === undefined) return undefined
    sum += quality
  }
  return typed.length === 0 ? 0 : sum / typed.length
}

function wordQuality(typed: string, label: string, words: readonly string[], further: readonly string[]): Quality {
  if (words.includes(typed)) return WHOLE_WORD
  if (label.startsWith(typed)) return BEGINS_LABEL
  if (words.some((word) => word.startsWith(typed))) return BEGINS_WORD
  if (further.some((word) => word.startsWith(typed))) return BEGINS_FURTHER_WORD
  const stretch = subsequenceStretch(typed, label)
  return stretch === undefined ? undefined : (SUBSEQUENCE_MOST * typed.length) / stretch
}

/** Over how many characters the letters of a word lie in a text, from its first place on. */
function subsequenceStretch(typed: string, text: string): number | undefined {
  const letters = [...typed]
  let from = -1
  let at = -1
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1)
    if (at < 0) return undefined
    if (from < 0) from = at
  }
  return at - from + 1
}

/** Something found, and how well. */
export interface Found<Item extends Findable> {
  readonly item: Item
  readonly quality: number
}

/** What fits the typed words: the best first, then what was used last, then in the order given. */
export function found<Item extends Findable>(
  prepared: readonly Prepared<Item>[],
  typed: string,
  recent: readonly string[] = [],
): readonly Found<Item>[] {
  const typedWords = wordsOf(fold(typed))
  // Signs alone, as in “???”, name nothing.
  if (typedWords.length === 0) return []
  const usedAt = (id: string): number => {
    const at = recent.indexOf(id)
    return at < 0 ? recent.length : at
  }
  return prepared
    .flatMap((each) => {
      const quality = qualityOf(typedWords, each)
      return quality === undefined ? [] : [{ item: each.item, quality }]
    })
    .sort((one, other) => other.quality - one.quality || usedAt(one.item.id) - usedAt(other.item.id))
}
