import { createAlarm } from './alarm.ts'
import type { Asked, Failure } from './asked.ts'
import type { Igd } from './igd.ts'
import type { Lan, Outer } from './lan.ts'
import { keyOf, type Want } from './mapping.ts'
import { createSlot, type Slot, type SlotMemory } from './slot.ts'
import type { RouterSeen } from './state.ts'
import type { Story } from './story.ts'
import type { Timing } from './timing.ts'

/** A router that passed the first look. */
export interface FoundRouter {
  /** Its IP address. */
  readonly host: string
  readonly lan: Lan
  readonly igd: Igd
  readonly outer: Asked<Outer>
}

/** A port that is open now. */
export interface Mapping {
  readonly want: Want
  /** 0.0.0.0 when the router keeps it to itself. */
  readonly externalIp: string
  readonly externalPort: number
  /** Can it be reached from the internet? Not behind a second router. */
  readonly isPublic: boolean
}

/** A router whose mappings are kept alive. */
export interface Router {
  readonly host: string
  readonly lan: Lan
  mappings(): Mapping[]
  /** The router refused this port; `undefined` while it did not. */
  refusal(want: Want): Failure | undefined
  seen(): RouterSeen
  /** Maps what is wanted and looks after it; ends when the router is gone or the signal aborts. */
  run(signal: AbortSignal): Promise<void>
  /** Something else is wanted. */
  lookNow(): void
  /** Asks now whether everything is still as it was. */
  checkNow(): void
  /** Closes everything that was opened. */
  release(signal: AbortSignal): Promise<void>
}

export interface RouterOptions {
  readonly story: Story
  readonly timing: Timing
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number
  /** What should be open, on any network. */
  readonly wants: () => Iterable<Want>
  readonly memories: Map<string, SlotMemory>
  readonly onChange: () => void
}

const UNTOLD = 'it has none that it tells'
// Checks in a row without an answer until a router counts as gone.
const MISSES_MAX = 2

export function createRouter(found: FoundRouter, options: RouterOptions): Router {
  const { host, lan, igd } = found
  const { story, timing, now, wants, memories, onChange } = options
  const alarm = createAlarm()
  const slots = new Map<string, Slot>()
  const since = now()
  let outer: Asked<Outer> | undefined
  let misses = 0
  let checkAt = now() + timing.checkEveryMs
  let checked = 0
  let isSettled = false

  function slotOf(want: Want): Slot {
    const key = keyOf(want)
    const memory = memories.get(key) ?? {
      ask: { externalPort: want.port, leaseSeconds: timing.leaseSeconds },
      asked: new Set<number>(),
    }
    memories.set(key, memory)
    const slot = slots.get(key) ?? createSlot(want, { igd, timing, now, memory })
    slots.set(key, slot)
    return slot
  }

  const here = () => [...wants()].filter((want) => want.host === lan.address).map(slotOf)
  const shownOuter = (of = outer) => (of?.state === 'answered' ? (of.value.ip ?? UNTOLD) : of?.detail)

  function setOuter(next: Asked<Outer>): void {
    const before = shownOuter()
    outer = next
    if (shownOuter() === before) return
    story.tell('external-address', shownOuter())
    onChange()
  }

  /** Notes whether the router answered; false when it did not. */
  function hasAnswered(asked: Asked<unknown>): boolean {
    const isSilent = asked.state === 'failed' && (asked.reason === 'no-answer' || asked.reason === 'cut-off')
    misses = isSilent ? misses + 1 : 0
    // A router that just started has no outer address yet.
    const isWell = asked.state === 'answered'
    checkAt = now() + (isWell ? timing.checkEveryMs : timing.missedCheckMs)
    return !isSilent
  }

  /** Asks for the outer address and, in turns, for one of the mappings: a router that restarted forgot all of them. */
  async function check(signal: AbortSignal): Promise<boolean> {
    const asked = await igd.outer(signal)
    if (!hasAnswered(asked)) return false
    setOuter(asked)
    const mapped = here().filter((slot) => slot.current().state === 'mapped')
    const slot = mapped[checked++ % Math.max(1, mapped.length)]
    if (slot === undefined) return true
    const entry = await slot.check(signal)
    if (entry.state === 'failed') return hasAnswered(entry)
    if (entry.value !== 'none' && entry.value !== 'foreign') return true
    story.tell('mapping-gone', keyOf(slot.want))
    for (const one of entry.value === 'none' ? mapped : [slot]) one.forget()
    isSettled = false
    onChange()
    return true
  }

  async function mapDue(signal: AbortSignal): Promise<boolean> {
    for (const slot of here()) {
      if (!slot.isDue()) continue
      const asked = await slot.map(signal)
      if (asked.state === 'failed') {
        if (!hasAnswered(asked)) return false
        story.tell('refused', `${slot.want.protocol} ${slot.want.port}: ${asked.detail}`)
      } else {
        const state = slot.current()
        const port = state.state === 'mapped' ? state.externalPort : 0
        story.tell(asked.value, `${slot.want.protocol} ${port} to ${slot.want.port}`)
      }
      onChange()
    }
    return true
  }

  /** Ends the attempt once everything that was asked for is answered. */
  function conclude(): void {
    if (!story.isOpen()) return
    const states = here().map((slot) => slot.current())
    if (states.length === 0 && now() - since < timing.nothingToMapMs) return
    if (states.some(({ state }) => state === 'wanted')) return
    isSettled = true
    const refusal = states.find((one) => one.state === 'refused')
    const [first] = mappings()
    if (outer?.state === 'failed') story.fail(outer.reason, outer.detail)
    else if (outer !== undefined && outer.value.kind !== 'public') story.fail('double-nat', outer.value.ip ?? UNTOLD)
    else if (first !== undefined) story.succeed(shownAddress(first))
    else if (refusal !== undefined) story.fail(refusal.failure.reason, refusal.failure.detail)
    else story.fail('no-address', 'nothing listens on this network')
    onChange()
  }

  const mappings = (): Mapping[] =>
    [...slots.values()].flatMap((slot) => {
      const state = slot.current()
      if (state.state !== 'mapped' || outer?.state !== 'answered') return []
      const { ip, kind } = outer.value
      return [
        { want: slot.want, externalIp: ip ?? '0.0.0.0', externalPort: state.externalPort, isPublic: kind === 'public' },
      ]
    })

  return {
    host,
    lan,
    mappings,
    refusal(want) {
      const state = slots.get(keyOf(want))?.current()
      return state?.state === 'refused' ? state.failure : undefined
    },
    seen() {
      const states = [...slots.values()].map((slot) => slot.current().state)
      return {
        outer: outer?.state === 'answered' ? outer.value.kind : 'unknown',
        isSettled,
        hasMapping: states.includes('mapped'),
        hasRefusal: states.includes('refused'),
      }
    },

    async run(signal) {
      setOuter(found.outer)
      while (!signal.aborted && misses < MISSES_MAX) {
        const isThere = now() < checkAt || (await check(signal))
        const hasWork = here().some((slot) => slot.isDue())
        // A router that did not answer is asked for nothing else until it does.
        if (isThere && misses === 0) await mapDue(signal)
        if (!hasWork) conclude()
        const untilCheck = Math.max(0, checkAt - now())
        await alarm.wait(story.isOpen() ? Math.min(timing.settleMs, untilCheck) : untilCheck, signal)
      }
      if (signal.aborted) return
      story.tell('gateway-lost', host)
      story.fail('no-answer', `${host} does not answer any more`)
    },

    lookNow: alarm.ring,
    checkNow() {
      checkAt = now()
      alarm.ring()
    },

    async release(signal) {
      const released = await Promise.all(
        [...slots.values()].map(async (slot) => ({ slot, asked: await slot.release(signal) })),
      )
      let failure: Failure | undefined
      for (const { slot, asked } of released) {
        if (asked.state === 'failed') failure ??= asked
        else for (const port of asked.value) story.tell('unmapped', `${slot.want.protocol} ${port}`)
      }
      if (failure !== undefined) story.fail(failure.reason, failure.detail)
      else if (story.isOpen()) story.succeed()
    },
  }
}

function shownAddress({ want, externalIp, externalPort }: Mapping): string {
  return `/ip4/${externalIp}/${want.protocol.toLowerCase()}/${externalPort}`
}
