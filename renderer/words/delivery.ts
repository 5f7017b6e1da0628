import type { ContactState } from '../../shared/domain/contact.ts'
import type { LineKind } from '../../shared/domain/line.ts'
import type { Delivery, PathReceipt } from '../../shared/domain/message.ts'
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

/** Says how far a message of mine has come. */
export function deliveryWords(
  delivery: Delivery,
  to: { readonly name: string; readonly line: LineKind; readonly state: ContactState },
  receipt?: PathReceipt,
): DeliveryWords {
  if (delivery === 'written') return { strong: 'Waiting', rest: `: ${waitingWhy(to)}`, isWaiting: true }
  if (delivery === 'sent') return { strong: 'Sent', rest: '', isWaiting: false }
  if (delivery === 'read') return { strong: 'Read', rest: '', isWaiting: false }
  const way = receipt === undefined ? '' : receiptWay[receipt.line]
  const rest = receipt === undefined || way === '' ? '' : ` · ${way}, ${milliseconds(receipt.acknowledgedMs)}`
  return { strong: 'Delivered', rest, isWaiting: false }
}

function waitingWhy(to: { readonly name: string; readonly line: LineKind; readonly state: ContactState }): string {
  if (to.state !== 'mutual') return `${to.name} has not accepted you yet`
  if (to.line === 'none') return `${to.name} is offline`
  if (to.line === 'unknown') return `looking for ${to.name}`
  return `on its way to ${to.name}`
}
