import type { Connection } from '@libp2p/interface'
import { bounded } from '../pace/bounded.ts'
import { pingConnection, pingTimeoutMs } from './ping.ts'

/** How often a connection is asked whether it still lives, in milliseconds. */
export type PauseOf = (connection: Connection) => number

/** Pings every open connection, keeps the newest round trips, and ends connections that fell silent. */
export interface Heartbeat {
  roundTripsMs(connection: Connection): readonly number[]
  /**
   * Has the other side ever answered on this connection? The encryption layers let a dialler believe in a connection
   * that the other side refuses a moment later, and a WebRTC one can be open at one end only.
   */
  isProven(connection: Connection): boolean
  /** Asks now instead of at the next planned time. Resolves with the round trip, or `undefined` when the line is dead. */
  ask(connection: Connection): Promise<number | undefined>
  /** Asks everyone now, and gives them less time than usual. */
  askAll(): void
  add(connection: Connection): void
  remove(connection: Connection): void
  /** How often each is asked may have changed. */
  review(): void
  stop(): void
}

const HISTORY_MAX = 20
// A timer later than this means our own process stood still: then it is not the line that was silent.
const LATE_MS = 750
// After a sleep or a change of network most lines are dead, and somebody waits for the first message to pass.
const HURRIED_MS = 800

interface Pulse {
  readonly connection: Connection
  readonly history: number[]
  isProven: boolean
  timer?: NodeJS.Timeout
  dueAt: number
  asking?: Promise<number | undefined>
}

/** Starts asking each connection that is added. `onAnswer` is called after every round trip. */
export function createHeartbeat(pauseOf: PauseOf, onAnswer: (connection: Connection) => void): Heartbeat {
  const pulses = new Map<string, Pulse>()
  const stopped = new AbortController()

  function schedule(pulse: Pulse, delayMs: number): void {
    clearTimeout(pulse.timer)
    if (!pulses.has(pulse.connection.id)) return
    pulse.dueAt = performance.now() + delayMs
    pulse.timer = setTimeout(() => void ask(pulse), delayMs)
    pulse.timer.unref()
  }

  function ask(pulse: Pulse, isHurried = false): Promise<number | undefined> {
    clearTimeout(pulse.timer)
    pulse.asking ??= measure(pulse, isHurried).finally(() => {
      delete pulse.asking
      schedule(pulse, pauseOf(pulse.connection))
    })
    return pulse.asking
  }

  async function measure(pulse: Pulse, isHurried: boolean, isSecondChance = false): Promise<number | undefined> {
    const { connection, history } = pulse
    const timeoutMs = pingTimeoutMs(history.at(-1), isHurried ? HURRIED_MS : undefined)
    const bound = bounded(timeoutMs, stopped.signal)
    const startedAt = performance.now()
    try {
      const roundTripMs = await pingConnection(connection, bound.signal)
      history.push(Math.round(roundTripMs * 100) / 100)
      if (history.length > HISTORY_MAX) history.shift()
      pulse.isProven = true
      onAnswer(connection)
      return roundTripMs
    } catch (error) {
      if (stopped.signal.aborted || connection.status !== 'open') return undefined
      const isLate = performance.now() - startedAt > timeoutMs + LATE_MS
      if (isLate && !isSecondChance) return measure(pulse, isHurried, true)
      // A peer that speaks no ping still answered.
      if (error instanceof Error && error.name === 'UnsupportedProtocolError') {
        pulse.isProven = true
        onAnswer(connection)
        return undefined
      }
      // A reset is an answer too: too many pings at once, or a peer in a hurry. Only silence means that nothing comes back.
      if (!bound.signal.aborted) return undefined
      connection.abort(new Error('the line fell silent'))
      return undefined
    } finally {
      bound.clear()
    }
  }

  return {
    roundTripsMs: ({ id }) => pulses.get(id)?.history ?? [],
    isProven: ({ id }) => pulses.get(id)?.isProven === true,
    ask: async (connection) => {
      const pulse = pulses.get(connection.id)
      return pulse === undefined ? undefined : ask(pulse)
    },
    askAll() {
      for (const pulse of pulses.values()) void ask(pulse, true)
    },
    add(connection) {
      if (pulses.has(connection.id) || stopped.signal.aborted) return
      const pulse: Pulse = { connection, history: [], isProven: false, dueAt: 0 }
      pulses.set(connection.id, pulse)
      schedule(pulse, 0)
    },
    remove({ id }) {
      clearTimeout(pulses.get(id)?.timer)
      pulses.delete(id)
    },
    review() {
      for (const pulse of pulses.values())
        if (pulse.asking === undefined)
          schedule(pulse, Math.min(pauseOf(pulse.connection), Math.max(0, pulse.dueAt - performance.now())))
    },
    stop() {
      stopped.abort()
      for (const { timer } of pulses.values()) clearTimeout(timer)
      pulses.clear()
    },
  }
}
