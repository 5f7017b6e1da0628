import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from './eventually.ts'
import type { MessengerProcess } from './messenger-process.ts'

/** Where a messenger process leaves what it measured, in its profile's folder. */
export const LOOP_FILE = 'loop-delay.json'
export const LOOP_RESOLUTION_MS = 10

/** How long the event loop kept others waiting, in milliseconds. */
export interface LoopDelay {
  readonly p99Ms: number
  readonly maxMs: number
}

/** Measures the event loop of a messenger's process, and nothing of its start, while `work` runs. */
export async function loopDelayDuring(
  { pid, directory }: MessengerProcess,
  work: () => Promise<void>,
): Promise<LoopDelay> {
  process.kill(pid, 'SIGUSR2')
  await work()
  process.kill(pid, 'SIGUSR2')
  const file = join(directory, LOOP_FILE)
  await eventually(() => existsSync(file), { what: 'the measured event loop' })
  const measured: LoopDelay = JSON.parse(readFileSync(file, 'utf8'))
  return measured
}
