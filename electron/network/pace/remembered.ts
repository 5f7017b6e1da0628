/** A value that costs something to work out and is asked for all the time. */
export interface Remembered<Value> {
  /** Worked out anew when the last time is longer ago than allowed. */
  read(): Value
  /** What it is worked out from has changed. */
  forget(): void
}

/** Remembers what `read` gives, for `forMs` at most. */
export function remember<Value>(
  read: () => Value,
  forMs: number,
  now: () => number = () => performance.now(),
): Remembered<Value> {
  let known: { readonly value: Value; readonly at: number } | undefined
  return {
    read() {
      if (known === undefined || now() - known.at >= forMs) known = { value: read(), at: now() }
      return known.value
    },
    forget() {
      known = undefined
    },
  }
}
