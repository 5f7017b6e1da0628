import { isOwnPage } from '../page/page-address.ts'

export interface PermissionAsked {
  readonly permission: string
  /** Who asks: an origin or an address. */
  readonly origin: string
  /** What of: `video`, `audio`, `unknown`; empty where that is not said. */
  readonly media: readonly string[]
  /** Since somebody last pressed something in that window. */
  readonly pressedMsAgo: number
}

/** A page that asks for the camera later than this after a press asks on its own. */
const PRESS_COUNTS_FOR_MS = 5_000

/** What the page may have. Everything not named here is denied, now and in versions to come. */
export function mayHave({ permission, origin, media, pressedMsAgo }: PermissionAsked): boolean {
  if (!isOwnPage(origin)) return false
  switch (permission) {
    case 'notifications':
    case 'clipboard-sanitized-write':
      return true
    case 'media':
      return media.length > 0 && media.every((kind) => kind === 'video') && pressedMsAgo <= PRESS_COUNTS_FOR_MS
    default:
      return false
  }
}
