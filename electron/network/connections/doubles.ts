import type { Connection } from '@libp2p/interface'

/** Ends a connection with a goodbye, and without one where nobody answers. */
export async function closeGently(connection: Connection): Promise<void> {
  try {
    await connection.close({ signal: AbortSignal.timeout(1_000) })
  } catch (error) {
    connection.abort(error instanceof Error ? error : new Error(String(error)))
  }
}

/**
 * Which of several connections to one peer to keep, best first: direct before relayed, one that stays before one that will be
 * cut; among equals the one that carries more, so that fewer streams have to move.
 */
export function byUse(
  connections: readonly Connection[],
  isRunningOut: (connection: Connection) => boolean,
): Connection[] {
  return [...connections].sort(
    (a, b) =>
      Number(b.direct) - Number(a.direct) ||
      Number(isRunningOut(a)) - Number(isRunningOut(b)) ||
      b.streams.length - a.streams.length,
  )
}
