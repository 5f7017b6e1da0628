import type { Clock } from '../../../electron/messaging/conversations/clock.ts'

/** A small, fast, seeded source of chance (mulberry32). */
export interface Chance {
  /** 0 ≤ x < 1 */
  next(): number
  /** A whole number, both ends included. */
  between(low: number, high: number): number
  happens(probability: number): boolean
  pick<Value>(values: readonly [Value, ...Value[]]): Value
  bytes(length: number): Uint8Array
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    happens: (probability) => next() < probability,
    pick: (values) => values[between(0, values.length - 1)] ?? values[0],
    bytes: (length) => Uint8Array.from({ length }, () => between(0, 255)),
  }
}

/** Time that passes only when the simulator says so. Events of one moment run in the order they were made. */
export interface Time {
  readonly now: number
  at(delayMs: number, run: () => void): () => void
  /** Runs events, one after another, until this much time has passed. */
  pass(milliseconds: number): Promise<void>
  readonly steps: number
}

export function createTime(): Time {
  interface Event {
    readonly at: number
    readonly run: () => void
    isCancelled: boolean
  }
  // Kept sorted, newest last among equals.
  const events: Event[] = []
  let now = 1_000_000
  let steps = 0
  return {
    get now() {
      return now
    },
    get steps() {
      return steps
    },
    at(delayMs, run) {
      const event: Event = { at: now + Math.max(0, Math.round(delayMs)), run, isCancelled: false }
      let low = 0
      let high = events.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((events[middle]?.at ?? 0) <= event.at) low = middle + 1
        else high = middle
      }
      events.splice(low, 0, event)
      return () => {
        event.isCancelled = true
      }
    },
    async pass(milliseconds) {
      const until = now + milliseconds
      for (;;) {
        const next = events[0]
        if (!next || next.at > until) break
        events.shift()
        if (next.isCancelled) continue
        now = next.at
        steps++
        next.run()
        // Everything that this set off runs to its end before the next event: the same in every run.
        await new Promise((resolve) => setImmediate(resolve))
      }
      now = until
    },
  }
}

/** The clock of one machine, which may go wrong. After `stop` none of its timers fires. */
export function createMachineClock(time: Time): Clock & { skewMs: number; stop(): void } {
  let isStopped = false
  return {
    skewMs: 0,
    now() {
      return time.now + this.skewMs
    },
    after: (delayMs, callback) =>
      time.at(delayMs, () => {
        if (!isStopped) callback()
      }),
    breathe: () => Promise.resolve(),
    stop() {
      isStopped = true
    },
  }
}
