/** What a call that may fail in an expected way returns. Bugs are thrown; expected failures are values. */
export type Result<Value, Problem> = Ok<Value> | Err<Problem>
export interface Ok<Value> {
  readonly ok: true
  readonly value: Value
}
export interface Err<Problem> {
  readonly ok: false
  readonly failure: Problem
}

export const ok = <Value>(value: Value): Ok<Value> => ({ ok: true, value })
export const err = <Problem>(failure: Problem): Err<Problem> => ({ ok: false, failure })
