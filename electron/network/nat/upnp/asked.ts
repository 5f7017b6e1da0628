import type { AttemptReason } from '../../../../shared/domain/attempt.ts'

/** What came of asking a router something. */
export type Asked<Value> = { readonly state: 'answered'; readonly value: Value } | Failure

/** `detail` says it in one line for the journal; `code` is the router's own, when it refused. */
export interface Failure {
  readonly state: 'failed'
  readonly reason: AttemptReason
  readonly detail: string
  readonly code?: number
}

export function answered<Value>(value: Value): Asked<Value> {
  return { state: 'answered', value }
}

export function failed(reason: AttemptReason, detail: string, code?: number): Failure {
  return { state: 'failed', reason, detail, ...(code !== undefined && { code }) }
}

const SHOWN_MAX_CHARACTERS = 60

/** What a router wrote, fit to be shown: one short line of printable ASCII. */
export function shown(text: string): string {
  return text
    .slice(0, SHOWN_MAX_CHARACTERS)
    .replace(/[^ -~]+/g, ' ')
    .trim()
}
