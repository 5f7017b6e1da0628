/** The page's own scheme: unlike `file:` it has an origin, so that "ours" can be told from everything else. */
export const PAGE_SCHEME = 'app'
export const PAGE_ORIGIN = `${PAGE_SCHEME}://sightline`
export const PAGE_URL = `${PAGE_ORIGIN}/`

/** Of our own origin, exactly; cheap enough for every frame of the contract. */
export function isOwnPage(url: string): boolean {
  return url.startsWith(PAGE_URL) || url === PAGE_ORIGIN
}

/** What the window's session may load: its page, what the page made itself, and the developer tools. */
export function mayRequest(url: string): boolean {
  return (
    isOwnPage(url) || url.startsWith(`blob:${PAGE_URL}`) || url.startsWith('data:') || url.startsWith('devtools://')
  )
}
