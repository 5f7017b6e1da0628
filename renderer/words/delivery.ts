import type { ContactState } from '../../shared/domain/contact.ts'
import type { LineKind } from '../../shared/domain/line.ts'
import type { Delivery, PathReceipt } from '../../shared/domain/message.ts'
import { type OwnSide, ownCause } from './own-side.ts'
import { saidOfLines as said } from './said-of-lines.ts'
import { milliseconds } from './time.ts'

/** What stands under the last own message: a strong word and what follows it. */
export interface DeliveryWords {
  readonly strong: string
  readonly rest: string
  readonly isWaiting: boolean
}

/** How a message went, in two or three words. */
export const receiptWay: Readonly<Record<LineKind, string>> = said.receiptWay

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
  const words = said.delivery
  if (delivery === 'written') return { strong: words.waiting, rest: `: ${waitingWhy(to)}`, isWaiting: true }
  if (delivery === 'sent') return { strong: words.sent, rest: '', isWaiting: false }
  if (delivery === 'read') return { strong: words.read, rest: '', isWaiting: false }
  const way = receipt === undefined ? '' : receiptWay[receipt.line]
  const rest = receipt === undefined || way === '' ? '' : ` · ${way}, ${milliseconds(receipt.acknowledgedMs)}`
  return { strong: words.delivered, rest, isWaiting: false }
}

function waitingWhy({ name, line, state, own }: Recipient): string {
  const { waits } = said
  if (state === 'blocked') return waits.blocked(name)
  if (state === 'asked') return waits.asked(name)
  if (state === 'asks-me') return waits.asksMe(name)
  if (state !== 'mutual') return waits.noContact(name)
  if (line === 'unknown') return waits.unknown(name)
  if (line !== 'none') return waits.onItsWay(name)
  if (own.state === 'fine') return waits.offline(name)
  const cause = ownCause(own)
  return cause === undefined ? waits.noLine(name) : waits.noLineBecause(name, cause)
}
