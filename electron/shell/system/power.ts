import type { Bridge } from '../../../shared/contract/bridge.ts'
import type { Log } from '../../app/log.ts'
import { type Clock, systemClock } from '../clock.ts'

/** What is used of Electron's powerMonitor. */
export interface PowerEvents {
  on(event: 'suspend', listener: () => void): unknown
  on(event: 'resume', listener: () => void): unknown
  on(event: 'unlock-screen', listener: () => void): unknown
  on(event: 'shutdown', listener: () => void): unknown
  off(event: 'suspend', listener: () => void): unknown
  off(event: 'resume', listener: () => void): unknown
  off(event: 'unlock-screen', listener: () => void): unknown
  off(event: 'shutdown', listener: () => void): unknown
}

/** Waking up and unlocking the screen come together: one of them is enough. */
const ONCE_WITHIN_MS = 5000

/** Connections are tried at once when the machine wakes up, instead of when their turn comes. Returns what ends it. */
export function startPower({
  bridge,
  powerMonitor,
  quit,
  log,
  clock = systemClock,
}: {
  readonly bridge: Pick<Bridge, 'ask'>
  readonly powerMonitor: PowerEvents
  readonly quit: () => void
  readonly log: Log
  readonly clock?: Pick<Clock, 'now'>
}): () => void {
  let triedAt = Number.NEGATIVE_INFINITY
  const retry = () => {
    if (clock.now() - triedAt < ONCE_WITHIN_MS) return
    triedAt = clock.now()
    // A locked profile answers with a failure, and has nothing to try.
    void bridge.ask('network.retry', {})
  }
  const suspended = () => {
    // Whatever was tried before the sleep says nothing after it.
    triedAt = Number.NEGATIVE_INFINITY
    log('machine went to sleep')
  }
  const resumed = () => {
    log('machine woke up')
    retry()
  }
  // The system waits some seconds for programs that ask it to; Windows says nothing, and what is stored is durable.
  const shutDown = (event?: unknown) => {
    // Electron hands it over, and its types keep it to themselves.
    if (isPreventable(event)) event.preventDefault()
    quit()
  }
  powerMonitor.on('suspend', suspended)
  powerMonitor.on('resume', resumed)
  powerMonitor.on('unlock-screen', retry)
  powerMonitor.on('shutdown', shutDown)
  return () => {
    powerMonitor.off('suspend', suspended)
    powerMonitor.off('resume', resumed)
    powerMonitor.off('unlock-screen', retry)
    powerMonitor.off('shutdown', shutDown)
  }
}

const isPreventable = (event: unknown): event is { preventDefault(): void } =>
  typeof event === 'object' && event !== null && 'preventDefault' in event && typeof event.preventDefault === 'function'
