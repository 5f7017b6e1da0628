import { randomBytes } from 'node:crypto'
import type { Connection } from '@libp2p/interface'
import { LIBP2P_PROTOCOLS } from '../protocols.ts'
import { agreement, openEagerly, sendEagerly } from '../streams/eager-stream.ts'

const PING_BYTES = 32

/**
 * One ping (/ipfs/ping/1.0.0) over exactly this connection: the time from the question's last byte to the answer's, in
 * milliseconds. The question follows right behind the name of the protocol, so that it takes one round trip in all.
 * Throws an error named `UnsupportedProtocolError` when the other side speaks no ping.
 */
export async function pingConnection(connection: Connection, signal: AbortSignal): Promise<number> {
  const stream = await openEagerly(connection, signal)
  const question = randomBytes(PING_BYTES)
  const agreed = agreement(LIBP2P_PROTOCOLS.ping)
  const expected = Buffer.concat([agreed, question])
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
        const bytes = Buffer.concat(answer.map((part) => Buffer.from(part)))
        const isAgreed = bytes.subarray(0, agreed.byteLength).equals(agreed.subarray(0, answeredBytes))
        if (!isAgreed) reject(Object.assign(new Error('it speaks no ping'), { name: 'UnsupportedProtocolError' }))
        else if (bytes.equals(expected)) resolve(performance.now() - startedAt)
        else if (answeredBytes >= expected.byteLength) reject(new Error('the answer to a ping was wrong'))
      })
      sendEagerly(stream, LIBP2P_PROTOCOLS.ping, question)
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
