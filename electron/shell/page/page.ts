import { type CustomScheme, protocol } from 'electron'
import type { Log } from '../../app/log.ts'
import { type PageAnswer, type Pages, plainPage } from '../../program/pages.ts'
import { PAGE_SCHEME } from './page-address.ts'
import { answerPage } from './page-answer.ts'

/** To be called before the app is ready: the page's scheme has an origin, a policy and `fetch`, and bypasses nothing. */
export function registerPageScheme(): void {
  const scheme: CustomScheme = {
    scheme: PAGE_SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true },
  }
  protocol.registerSchemesAsPrivileged([scheme])
}

/** Answers `app://sightline/…` with the built page. Returns what ends that. */
export function servePage({ pages, log }: { readonly pages: Pages; readonly log: Log }): () => void {
  protocol.handle(PAGE_SCHEME, async ({ method, url }) => {
    try {
      return response(await answerPage(pages, { method, url }))
    } catch (error) {
      log('page failed by a bug', { error })
      return response(plainPage(500, 'Sightline could not show this page.'))
    }
  })
  return () => protocol.unhandle(PAGE_SCHEME)
}

function response({ status, headers, body }: PageAnswer): Response {
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), { status, headers: { ...headers } })
}
