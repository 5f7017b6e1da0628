import type { PathName } from './promise.ts'

// The truth of the badge comes from outside: what the relays counted while so much went through the chat. Pure.

/** Sent through the chat for one look at the badge. */
export const BADGE_BYTES = 2 * 1024 * 1024
/** Acknowledgements of a conversation that is relayed on one side only, heartbeats of the relayed line, the last of the traffic. */
export const DIRECT_MOST_BYTES = 100_000

/** What the page of one end says, and what the relays counted for that end meanwhile. */
export interface BadgeView {
  readonly who: string
  readonly says: PathName | undefined
  readonly relayedBytes: number
}

/** Which of these badges lied, in a sentence; `undefined` when all are true. */
export function badgeLie(views: readonly BadgeView[]): string | undefined {
  const lies = views.filter(({ says, relayedBytes }) =>
    says === 'relayed' ? relayedBytes <= BADGE_BYTES : says === undefined || relayedBytes >= DIRECT_MOST_BYTES,
  )
  if (lies.length === 0) return undefined
  return lies
    .map(({ who, says, relayedBytes }) => {
      const carried = `the relays carried ${(relayedBytes / 1e6).toFixed(2)} MB of ${(BADGE_BYTES / 1e6).toFixed(2)}`
      return `badge: ${who} says ${says ?? 'nothing'}, ${carried}`
    })
    .join('; ')
}
