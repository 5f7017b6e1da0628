const WORDS_MAX = 16

/**
 * What was typed into the search field as an FTS5 expression: every word must begin a word of the message.
 * Quoted, so that nothing typed is read as syntax. Nothing, when there is no letter or digit in it.
 */
export function matchOf(words: string): string | undefined {
  const terms = words
    .toWellFormed()
    .split(/\s+/u)
    // Without a letter or digit there is nothing to look for, and FTS5 calls an empty phrase an error.
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, WORDS_MAX)
    .map((word) => `"${word.replaceAll('\0', '').replaceAll('"', '""')}"*`)
  return terms.length === 0 ? undefined : terms.join(' ')
}
