/** An invite is a few hundred characters; what is longer is no link of ours. */
const LINK_MAX_CHARACTERS = 4096
/** As many as the app keeps waiting; somebody who opens a thousand at once is not a person. */
const LINKS_MAX = 8

// Visible ASCII only, as links of ours are written: no space, no quote, no control character reaches anything behind this.
const LINK = /^sightline:\/\/[\x21\x23-\x26\x28-\x5b\x5d-\x7e]+$/i

/** Looks like one of our links. What it leads to is judged by whoever opens it. */
export function isOwnLink(text: string): boolean {
  return text.length <= LINK_MAX_CHARACTERS && LINK.test(text)
}

/** The links among what another process handed over, whatever it was: each once, the first few. */
export function linksAmong(given: unknown): readonly string[] {
  if (!Array.isArray(given)) return []
  const found = new Set<string>()
  for (const each of given) {
    if (typeof each === 'string' && isOwnLink(each)) found.add(each)
    if (found.size === LINKS_MAX) break
  }
  return [...found]
}
