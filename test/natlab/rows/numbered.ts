/** What became of messages that were sent with the numbers 0, 1, 2, … */
export interface NumberedCount {
  readonly lost: number
  readonly duplicated: number
  readonly reordered: number
}

/** Counts what arrived, in the order of arrival, against `sent` messages. A number nobody sent counts as duplicated. */
export function countNumbered(sent: number, arrived: readonly number[]): NumberedCount {
  const seen = new Set<number>()
  let duplicated = 0
  let reordered = 0
  let highest = -1
  for (const number of arrived) {
    if (seen.has(number) || !(number >= 0 && number < sent)) duplicated += 1
    else if (number < highest) reordered += 1
    seen.add(number)
    highest = Math.max(highest, number)
  }
  const isThere = (number: number) => seen.has(number)
  return {
    lost: Array.from({ length: sent }, (_, number) => number).filter((n) => !isThere(n)).length,
    duplicated,
    reordered,
  }
}

/** Both directions together. */
export function together(counts: readonly NumberedCount[]): NumberedCount {
  const sum = (of: (count: NumberedCount) => number) => counts.reduce((total, count) => total + of(count), 0)
  return { lost: sum((c) => c.lost), duplicated: sum((c) => c.duplicated), reordered: sum((c) => c.reordered) }
}

/** The text of a numbered message of one series. */
export const numberedText = (series: string, number: number): string => `${series} #${number}`

/** The number in a text, when it is one of this series. */
export function numberIn(series: string, text: string): number | undefined {
  if (!text.startsWith(`${series} #`)) return undefined
  const digits = text.slice(series.length + 2)
  return /^\d+$/.test(digits) ? Number(digits) : undefined
}
