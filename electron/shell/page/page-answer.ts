import { type PageAnswer, type Pages, plainPage } from '../../program/pages.ts'
import { isOwnPage } from './page-address.ts'

/** What one request of the window is answered. Only GET, and only under our own name. */
export async function answerPage(
  pages: Pages,
  { method, url }: { readonly method: string; readonly url: string },
): Promise<PageAnswer> {
  if (!isOwnPage(url) || !URL.canParse(url)) return plainPage(404, 'There is no such page in Sightline.')
  if (method !== 'GET') return plainPage(405, 'Only GET is answered here.')
  return pages.answer(new URL(url).pathname || '/')
}
