import type { LineKind, Transport } from '../../../../shared/domain/line.ts'
import type { Delivery, Passage, PathReceipt } from '../../../../shared/domain/message.ts'
import type { ShownPassage, ShownReceipt } from '../../../storage/tables/messages.ts'

/** What is known of the way of my log to its reader. */
export interface Reached {
  /** The other side holds everything up to here on disk. */
  readonly cover: number
  /** The other side has read up to here, and tells. */
  readonly read: number
  /** Handed to a connection that is still open. */
  readonly sent: number
}

/** How far entry `seq` of my log has come. */
export function deliveryOf(seq: number, { cover, read, sent }: Reached): Delivery {
  if (seq <= read) return 'read'
  if (seq <= cover) return 'delivered'
  return seq <= sent ? 'sent' : 'written'
}

const lines: readonly string[] = ['none', 'unknown', 'direct', 'lan', 'relayed', 'upgrading'] satisfies LineKind[]
const transports: readonly string[] = [
  'tcp',
  'websocket',
  'quic',
  'webrtc',
  'webtransport',
  'other',
] satisfies Transport[]
const isLineKind = (text: string): text is LineKind => lines.includes(text)
const isTransport = (text: string): text is Transport => transports.includes(text)

/** The way an entry came or went. */
export function passageFrom({ line, transport, relay }: ShownPassage): Passage | undefined {
  if (!isLineKind(line)) return undefined
  return {
    line,
    ...(transport !== null && isTransport(transport) ? { transport } : {}),
    ...(relay === null ? {} : { relay }),
  }
}

/** The receipt of a message of mine that was stored at `writtenAt`. A clock that stepped back gives 0, never less. */
export function receiptOf(stored: ShownReceipt, writtenAt: number): PathReceipt | undefined {
  const passage = passageFrom(stored)
  return (
    passage && {
      ...passage,
      sentAt: stored.sentAt,
      waitedMs: Math.max(0, stored.sentAt - writtenAt),
      acknowledgedMs: Math.max(0, stored.acknowledgedAt - stored.sentAt),
    }
  )
}
