import { TAB_KEY_ITEM } from '../../shared/contract/tab-key.ts'
import { securityHeaders } from '../program/headers.ts'
import type { PageAnswer } from '../program/pages.ts'

/** Where the script of the entry page lies. It holds no secret, so it is served to everybody. */
export const ENTRY_SCRIPT_PATH = '/enter.js'

// `replace`: the link is used up and has no place in the history. Going on by a script also makes the next navigation
// one that starts on our own origin, even when the link was followed from a file: only then the cookie is sent.
const SCRIPT = `const key = document.querySelector('meta[name="${TAB_KEY_ITEM}"]').content
sessionStorage.setItem('${TAB_KEY_ITEM}', key)
location.replace('/')
`

/** What a link is swapped for: the cookie for the pages, and in the page, for this tab only, the key for the socket. */
export function entryPage({ key, cookie }: { readonly key: string; readonly cookie: string }): PageAnswer {
  return {
    status: 200,
    headers: { ...securityHeaders(), 'content-type': 'text/html; charset=utf-8', 'set-cookie': cookie },
    // The key consists of characters of base64url: nothing in it needs escaping.
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="${TAB_KEY_ITEM}" content="${key}"><title>Sightline</title><link rel="icon" href="data:,"><script src="${ENTRY_SCRIPT_PATH}" defer></script><noscript>Sightline needs JavaScript.</noscript></html>\n`,
  }
}

/** The script of the entry page. */
export function entryScript(): PageAnswer {
  return {
    status: 200,
    headers: { ...securityHeaders(), 'content-type': 'text/javascript; charset=utf-8' },
    body: SCRIPT,
  }
}

/** The key in an entry page, for programs that come in as a browser does. */
export function keyOfEntryPage(page: string): string | undefined {
  return new RegExp(`<meta name="${TAB_KEY_ITEM}" content="([\\w-]{43})">`).exec(page)?.[1]
}
