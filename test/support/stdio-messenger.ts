// The messenger with the contract over standard input and output, one frame a line. For tests and the lab; never packaged.
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { type AppOptions, createApp } from '../../electron/app/app.ts'
import { openLogFile } from '../../electron/app/log.ts'
import { createEnding } from '../../electron/program/ending.ts'
import { LOOP_FILE, LOOP_RESOLUTION_MS } from './loop-delay.ts'

/** Given as JSON in the only argument. */
export interface StdioMessengerOptions extends Pick<AppOptions, 'listen' | 'relays' | 'storage' | 'argon2Cost'> {
  readonly directory: string
}

// The one who starts this program is the test support beside it: the shape is its own.
const options = JSON.parse(process.argv[2] ?? '') as StdioMessengerOptions
mkdirSync(options.directory, { recursive: true, mode: 0o700 })
const { log, close } = openLogFile(join(options.directory, 'log.jsonl'))
const ending = createEnding({ log })
ending.later(async () => close())
ending.onSignals()
const app = createApp({
  ...options,
  shell: { kind: 'loopback', profile: basename(options.directory), platform: 'linux', version: '0.0.0-test' },
  log,
  onQuit: () => ending.end('quit'),
})
ending.later(app.stop)
const caller = app.serve({
  send: (text) => process.stdout.write(`${text}\n`),
  refuse: (reason) => ending.end(reason, 1),
})
// SIGUSR2 begins a measurement of this process's event loop, and the next one ends it (loop-delay.ts).
const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS })
process.on('SIGUSR2', () => {
  if (loop.enable()) return loop.reset()
  loop.disable()
  const delayMs = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - LOOP_RESOLUTION_MS)
  const measured = { p99Ms: delayMs(loop.percentile(99)), maxMs: delayMs(loop.max) }
  writeFileSync(join(options.directory, LOOP_FILE), JSON.stringify(measured))
})
const lines = createInterface({ input: process.stdin })
lines.on('line', caller.receive)
// Whoever started it is gone.
lines.on('close', () => ending.end('standard input closed'))
