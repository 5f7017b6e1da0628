import { retryDelayMs } from '../../pace/backoff.ts'
import { type Asked, answered, type Failure, failed } from './asked.ts'
import type { Igd } from './igd.ts'
import { ASKS_MAX, type Ask, afterRefusal, type Found, IGD_ERROR, type Want } from './mapping.ts'
import type { Timing } from './timing.ts'

/** What is known of one port at one router even when the router was away meanwhile. */
export interface SlotMemory {
  ask: Ask
  /** Outer ports asked for that may be open: all of them are closed when we leave. */
  readonly asked: Set<number>
}

export type SlotState =
  | { readonly state: 'wanted' }
  | { readonly state: 'mapped'; readonly externalPort: number }
  | { readonly state: 'refused'; readonly failure: Failure }

/** One port of ours at one router. */
export interface Slot {
  readonly want: Want
  current(): SlotState
  /** Is it time to ask the router for it, for the first time or again? */
  isDue(): boolean
  /** Asks for the port; the mapping if there is one already lives on. */
  map(signal: AbortSignal): Promise<Asked<'mapped' | 'renewed'>>
  /** Whether the router still knows the mapping. */
  check(signal: AbortSignal): Promise<Asked<Found>>
  /** The router does not know it any more. */
  forget(): void
  /** Closes every outer port that may be open; those that were. */
  release(signal: AbortSignal): Promise<Asked<readonly number[]>>
}

export interface SlotOptions {
  readonly igd: Igd
  readonly timing: Timing
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number
  readonly memory: SlotMemory
}

export function createSlot(want: Want, { igd, timing, now, memory }: SlotOptions): Slot {
  let state: SlotState = { state: 'wanted' }
  let dueAt = 0
  let failures = 0
  let canBeChecked = true

  /** Half of the lease. A mapping for ever is only asked for again where we cannot see whether it is still there. */
  const renewAfterMs = () => {
    if (!canBeChecked) return timing.checkEveryMs
    return memory.ask.leaseSeconds === 0 ? Number.POSITIVE_INFINITY : (memory.ask.leaseSeconds * 1000) / 2
  }

  function refused(failure: Failure): Failure {
    failures += 1
    state = { state: 'refused', failure }
    dueAt = now() + retryDelayMs(timing.refusedPauses, failures)
    return failure
  }

  /** Asks until the router agrees to something; changes what is asked as its refusals suggest. */
  async function agree(signal: AbortSignal): Promise<Asked<undefined>> {
    for (let asks = 1; ; asks += 1) {
      const { ask } = memory
      memory.asked.add(ask.externalPort)
      const asked = await igd.add(want, ask, signal)
      if (asked.state === 'answered' || asked.reason !== 'refused') return asked
      const isOpenAlready = state.state === 'mapped' && state.externalPort === ask.externalPort
      if (!isOpenAlready) memory.asked.delete(ask.externalPort)
      const next = afterRefusal(asked.code, ask, want.port)
      if (next === undefined || asks === ASKS_MAX) return asked
      memory.ask = next
    }
  }

  return {
    want,
    current: () => state,
    isDue: () => now() >= dueAt,

    async map(signal) {
      const isRenewal = state.state === 'mapped'
      const agreed = await agree(signal)
      if (agreed.state === 'failed') {
        const { reason } = agreed
        if (reason === 'no-answer' || reason === 'cut-off') return agreed
        return refused(agreed)
      }
      const { externalPort } = memory.ask
      const found = await igd.find(want, externalPort, signal)
      if (found.state === 'failed') return found
      if (found.value === 'none' || found.value === 'foreign')
        return refused(failed('bad-answer', `said yes to ${want.protocol} ${externalPort} and did not open it`))
      canBeChecked = found.value === 'ours'
      failures = 0
      state = { state: 'mapped', externalPort }
      dueAt = now() + renewAfterMs()
      return answered(isRenewal ? 'renewed' : 'mapped')
    },

    async check(signal) {
      if (state.state !== 'mapped' || !canBeChecked) return answered('unknown')
      return igd.find(want, state.externalPort, signal)
    },

    forget() {
      state = { state: 'wanted' }
      dueAt = 0
    },

    async release(signal) {
      const closed: number[] = []
      let failure: Failure | undefined
      for (const port of memory.asked) {
        const isSure = state.state === 'mapped' && state.externalPort === port
        // Cut off in the middle of asking, we do not know whether the port is ours or somebody else's.
        const found = isSure ? answered('ours') : await igd.find(want, port, signal)
        if (found.state === 'failed') failure = found
        else if (found.value === 'ours') {
          const removed = await igd.remove(want, port, signal)
          if (removed.state === 'failed' && removed.code !== IGD_ERROR.noSuchEntry) failure = removed
          else closed.push(port)
        }
      }
      state = { state: 'wanted' }
      memory.asked.clear()
      return failure ?? answered(closed)
    },
  }
}
