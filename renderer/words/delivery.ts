import type { ContactState } from '../../shared/domain/contact.ts'
import type { LineKind } from '../../shared/domain/line.ts'
import type { Delivery, PathReceipt } from '../../shared/domain/message.ts'
import { type OwnSide, ownCause } from './own-side.ts'
import { milliseconds } from './time.ts'

/** What stands under the last own message: a strong word and what follows it. */
export interface DeliveryWords {
  readonly strong: string
  readonly rest: string
  readonly isWaiting: boolean
}

/** How a message went, in two or three words. */
export const receiptWay: Readonly<Record<LineKind, string>> = {
  direct: 'direct',
  lan: 'on this network',
  relayed: 'by relay',
  upgrading: 'by relay',
  none: '',
  unknown: '',
}

/** To whom a message of mine goes, and what stands in its way. */
export interface Recipient {
  readonly name: string
  readonly line: LineKind
  readonly state: ContactState
  /** My own side: only when it is in order does a missing line speak of theirs. */
  readonly own: OwnSide
}

/** Says how far a message of mine has come. */
export function deliveryWords(delivery: Delivery, to: Recipient, receipt?: PathReceipt): DeliveryWords {
  if (delivery === 'written') return { strong: 'Waiting', rest: `: ${waitingWhy(to)}`, isWaiting: true }
  if (delivery === 'sent') return { strong: 'Sent', rest: '', isWaiting: false }
  if (delivery === 'read') return { strong: 'Read', rest: '', isWaiting: false }
  const way = receipt === undefined ? '' : receiptWay[receipt.line]
  const rest = receipt === undefined || way === '' ? '' : ` · ${way}, ${milliseconds(receipt.acknowledgedMs)}`
  return { strong: 'Delivered', rest, isWaiting: false }
}

function waitingWhy({ name, line, state, own }: Recipient): string {
  if (state === 'blocked') return `you blocked ${name}`
  if (state === 'asked') return `${name} has not accepted you yet`
  if (state === 'asks-me') return `you have not accepted ${name} yet`
  if (state !== 'mutual') return `${name} is not a contact of yours`
  if (line === 'unknown') return `not known yet whether there is a line to ${name}`
  if (line !== 'none') return `on its way to ${name}`
  if (own.state === 'fine') return `${name} is offline`
  const cause = ownCause(own)
  return cause === undefined ? `no line to ${name} yet` : `no line to ${name} yet; ${cause}`
}
