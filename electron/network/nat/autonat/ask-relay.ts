import type { Connection } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { AttemptReason } from '../../../../shared/domain/attempt.ts'
import { UNKNOWN_PATH } from '../../../../shared/domain/line.ts'
import type { FrameStream } from '../../network.ts'
import { LIBP2P_PROTOCOLS } from '../../protocols.ts'
import { createFrameStream } from '../../streams/frame-stream.ts'
import { DialMessage, type DialResponse } from './autonat.pb.js'
import type { DialBacks, Expected } from './dial-back.ts'

/** What came of asking one relay to dial one address of ours. */
export type DialAnswer =
  /** it got through: our number came back over a connection of its own */
  | { readonly verdict: 'reached' }
  /** it says that it tried and could not */
  | { readonly verdict: 'not-reached'; readonly detail: string }
  /** nothing follows from it */
  | { readonly verdict: 'unclear'; readonly reason: AttemptReason; readonly detail: string }

export interface AskRelayOptions {
  readonly dialBacks: DialBacks
  readonly signal: AbortSignal
  readonly stage: (what: 'asked' | 'data-sent' | 'dialled-back' | 'answered', detail?: string) => void
}

// The specification asks for 30,000 to 100,000.
const DATA_MAX_BYTES = 100_000
const DATA_CHUNK_BYTES = 4_096
const OK = 200
const STATUS: Readonly<Record<number, string>> = {
  0: 'E_INTERNAL_ERROR',
  100: 'E_REQUEST_REJECTED',
  101: 'E_DIAL_REFUSED',
}
const DIAL_STATUS: Readonly<Record<number, string>> = { 0: 'UNUSED', 100: 'E_DIAL_ERROR', 101: 'E_DIAL_BACK_ERROR' }

/**
 * Asks a relay to dial this address of ours. One address at a time: the specification lets the server pick one of many and
 * answer for that alone. Never throws; the signal bounds it.
 */
export async function askRelay(
  connection: Connection,
  address: Multiaddr,
  options: AskRelayOptions,
): Promise<DialAnswer> {
  const { dialBacks, signal, stage } = options
  const expected = dialBacks.expect(address, connection)
  let failure: DialAnswer | undefined
  let answer: DialResponse | undefined
  try {
    answer = await exchange(connection, address, expected, options)
    stage('answered', words(answer))
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    const reason = error instanceof BadAnswer ? 'bad-answer' : signal.aborted ? 'no-answer' : 'cut-off'
    failure = { verdict: 'unclear', reason, detail }
  } finally {
    expected.forget()
  }
  const from = expected.arrivedFrom()
  // Whatever it says: it got through.
  if (from !== undefined) {
    stage('dialled-back', from.toString().split('/p2p/')[0])
    return { verdict: 'reached' }
  }
  return failure ?? (answer === undefined ? silent : judge(answer))
}

class BadAnswer extends Error {
  override readonly name = 'BadAnswer'
}

const silent: DialAnswer = { verdict: 'unclear', reason: 'no-answer', detail: 'closed without an answer' }

async function exchange(
  connection: Connection,
  address: Multiaddr,
  { nonce }: Expected,
  { signal, stage }: AskRelayOptions,
): Promise<DialResponse | undefined> {
  const stream = await connection.newStream(LIBP2P_PROTOCOLS.autonatDialRequest, { signal })
  const frames = createFrameStream(stream, connection, () => UNKNOWN_PATH)
  const onAbort = () => frames.abort(new Error('the relay took too long', { cause: signal.reason }))
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await frames.send(DialMessage.encode({ dialRequest: { addrs: [address.bytes], nonce } }))
    stage('asked', address.toString())
    let hasSentData = false
    for await (const frame of frames) {
      const { dialResponse, dialDataRequest } = read(frame)
      if (dialResponse !== undefined) return dialResponse
      if (dialDataRequest === undefined || hasSentData) throw new BadAnswer('neither an answer nor a wish')
      hasSentData = true
      await sendData(frames, dialDataRequest.numBytes)
      stage('data-sent', String(dialDataRequest.numBytes))
    }
    return undefined
  } finally {
    signal.removeEventListener('abort', onAbort)
    // A relay that does not say goodbye is not waited for.
    void frames.close()
  }
}

function read(frame: Uint8Array): DialMessage {
  try {
    return DialMessage.decode(frame)
  } catch (error) {
    throw new BadAnswer('not a message of AutoNAT', { cause: error })
  }
}

async function sendData(frames: FrameStream, bytes: number): Promise<void> {
  if (!(bytes > 0 && bytes <= DATA_MAX_BYTES)) throw new BadAnswer(`wants ${bytes} bytes first`)
  for (let left = bytes; left > 0; left -= DATA_CHUNK_BYTES)
    await frames.send(
      DialMessage.encode({ dialDataResponse: { data: new Uint8Array(Math.min(left, DATA_CHUNK_BYTES)) } }),
    )
}

function judge(answer: DialResponse): DialAnswer {
  const detail = words(answer)
  if (answer.status !== OK) return { verdict: 'unclear', reason: 'refused', detail }
  if (answer.dialStatus === OK)
    return { verdict: 'unclear', reason: 'bad-answer', detail: 'says it got through, and did not' }
  // Anything else went wrong after it had got through, or so it says.
  return answer.dialStatus === 100
    ? { verdict: 'not-reached', detail }
    : { verdict: 'unclear', reason: 'no-answer', detail }
}

function words(answer: DialResponse | undefined): string {
  if (answer === undefined) return 'nothing'
  const { status, dialStatus } = answer
  if (status !== OK) return STATUS[status] ?? `status ${status}`
  return dialStatus === OK ? 'OK' : (DIAL_STATUS[dialStatus] ?? `dial status ${dialStatus}`)
}
