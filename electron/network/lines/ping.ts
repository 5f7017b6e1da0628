import { randomBytes } from 'node:crypto'
import type { Connection } from '@libp2p/interface'
import { LIBP2P_PROTOCOLS } from '../protocols.ts'

const PING_BYTES = 32

/**
 * One ping (/ipfs/ping/1.0.0) over exactly this connection: the time from the question's last byte to the answer's, in
 * milliseconds. Opening the stream, which takes a round trip of its own, is not counted.
 */
export async function pingConnection(connection: Connection, signal: AbortSignal): Promise<number> {
  const stream = await connection.newStream(LIBP2P_PROTOCOLS.ping, { signal, runOnLimitedConnection: true })
  const question = randomBytes(PING_BYTES)
  const answer: Uint8Array[] = []
  let answeredBytes = 0
  try {
    return await new Promise<number>((resolve, reject) => {
      const startedAt = performance.now()
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      stream.addEventListener('close', ({ error }) => reject(error ?? new Error('the ping stream closed')))
      stream.addEventListener('message', ({ data }) => {
        answer.push(data instanceof Uint8Array ? data : data.subarray())
        answeredBytes += data.byteLength
        if (answeredBytes < PING_BYTES) return
        if (question.equals(Buffer.concat(answer))) resolve(performance.now() - startedAt)
        else reject(new Error('the answer to a ping was wrong'))
      })
      stream.send(question)
    })
  } finally {
    if (stream.status === 'open')
      void stream.close({ signal: AbortSignal.timeout(1_000) }).catch(() => stream.abort(new Error('ping done')))
  }
}

/** How long to wait for the answer to a ping, in milliseconds: slow lines are given time, silent ones are not. */
export function pingTimeoutMs(newestRoundTripMs: number | undefined, leastMs = 2_200): number {
  return Math.min(15_000, Math.max(leastMs, 4 * (newestRoundTripMs ?? 0) + 500))
}
