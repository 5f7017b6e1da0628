import type { Connection } from '@libp2p/interface'
import { UNKNOWN_PATH } from '../../../shared/domain/line.ts'
import { LIBP2P_PROTOCOLS } from '../protocols.ts'
import { runsOnJs } from '../relay-agent.ts'
import { createFrameStream } from '../streams/frame-stream.ts'
import { FrameError } from '../streams/frames.ts'

/** A relay's answer to the request for a place, with the contract that libp2p's own client throws away. */
export interface PlaceAnswer {
  /** The relay's exact term, `OK` when it granted the place. */
  readonly status: string
  /** What one relayed connection may carry, in the relay's own unit of time; absent = no limit stated. */
  readonly limitDuration?: number
  readonly limitBytes?: number
}

/** The relay answered something that makes no sense. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer'
}

// Circuit relay v2, HopMessage: https://github.com/libp2p/specs/blob/master/relay/circuit-v2.md
const RESERVE = Uint8Array.of(0x08, 0x00)
const STATUS: Readonly<Record<number, string>> = {
  100: 'OK',
  200: 'RESERVATION_REFUSED',
  201: 'RESOURCE_LIMIT_EXCEEDED',
  202: 'PERMISSION_DENIED',
  203: 'CONNECTION_FAILED',
  204: 'NO_RESERVATION',
  400: 'MALFORMED_MESSAGE',
  401: 'UNEXPECTED_MESSAGE',
}
const FIELD = { limit: 4, status: 5, limitDuration: 1, limitData: 2 } as const
const ANSWER_MAX_BYTES = 16 * 1024

/** Asks a relay for a place over an open connection. Asking again renews the same place. */
export async function askForPlace(connection: Connection, signal: AbortSignal): Promise<PlaceAnswer> {
  const stream = await connection.newStream(LIBP2P_PROTOCOLS.hop, { signal })
  const frames = createFrameStream(stream, connection, () => UNKNOWN_PATH)
  const onAbort = () => frames.abort(new Error('the relay took too long', { cause: signal.reason }))
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await frames.send(RESERVE)
    for await (const answer of frames) {
      if (answer.byteLength > ANSWER_MAX_BYTES) throw new BadAnswer('the answer of the relay was too long')
      return readAnswer(answer)
    }
    throw new Error('the relay closed without an answer')
  } catch (error) {
    throw error instanceof FrameError ? new BadAnswer(`the answer of the relay is no frame: ${error.message}`) : error
  } finally {
    signal.removeEventListener('abort', onAbort)
    // A relay that does not say goodbye is not waited for.
    void frames.close()
  }
}

/** Reads status and limits out of a HopMessage; everything else in it is read by libp2p. */
export function readAnswer(message: Uint8Array): PlaceAnswer {
  const fields = readFields(message)
  const limit = fields.get(FIELD.limit)
  const limits = limit instanceof Uint8Array ? readFields(limit) : new Map<number, number | Uint8Array>()
  const status = fields.get(FIELD.status)
  const duration = limits.get(FIELD.limitDuration)
  const data = limits.get(FIELD.limitData)
  return {
    status: STATUS[Number(status)] ?? `status ${typeof status === 'number' ? status : 'missing'}`,
    // Zero means: no limit.
    ...(typeof duration === 'number' && duration > 0 && { limitDuration: duration }),
    ...(typeof data === 'number' && data > 0 && { limitBytes: data }),
  }
}

/** The fields of one protobuf message by number: varints as numbers, everything with a length as bytes. */
function readFields(message: Uint8Array): Map<number, number | Uint8Array> {
  const fields = new Map<number, number | Uint8Array>()
  let at = 0
  const varint = () => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at]
      if (byte === undefined || scale > 2 ** 63) throw new BadAnswer('the answer of the relay was cut off')
      at += 1
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }
  while (at < message.byteLength) {
    const key = varint()
    const [field, wireType] = [Math.floor(key / 8), key % 8]
    if (wireType === 0) fields.set(field, varint())
    else if (wireType === 2) {
      const length = varint()
      fields.set(field, message.subarray(at, at + length))
      at += length
    } else throw new BadAnswer(`the answer of the relay has a field of type ${wireType}`)
  }
  return fields
}

/**
 * The longest time a relayed connection may last, in seconds. The field counts seconds, but js-libp2p puts milliseconds
 * in it; only what the relay says of itself tells the two apart.
 */
export function limitSeconds(duration: number | undefined, agent: string | undefined): number | undefined {
  if (duration === undefined) return undefined
  return runsOnJs(agent) ? Math.round(duration / 1000) : duration
}
