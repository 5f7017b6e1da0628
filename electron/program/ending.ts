import { randomBytes } from 'node:crypto'
import type { Log } from '../app/log.ts'

/** Whoever stops the program waits at most this long for a clean end; what is stored is durable before that. */
const END_WITHIN_MS = 2700

/** How a program of ours ends: what was started last is stopped first, once, within a bound. */
export interface Ending {
  /** Adds what is to be stopped. */
  later(stop: () => Promise<void>): void
  /** Ends the process. Further calls change nothing. */
  end(why: string, exitCode?: number): void
  /** True from the first call on. */
  isEnding(): boolean
  /** Ends on the signals of terminal and system, and on bugs nobody caught. */
  onSignals(): void
}

export function createEnding({
  log,
  withinMs = END_WITHIN_MS,
  exit = (code: number): void => process.exit(code),
}: {
  readonly log: Log
  readonly withinMs?: number
  readonly exit?: (code: number) => void
}): Ending {
  const stops: (() => Promise<void>)[] = []
  let isEnding = false

  const end = (why: string, exitCode = 0) => {
    if (isEnding) return
    isEnding = true
    log('ending began', { why })
    const late = setTimeout(() => {
      log('ending took too long', { withinMs })
      exit(1)
    }, withinMs)
    void stopAll().then((isClean) => {
      clearTimeout(late)
      exit(isClean ? exitCode : 1)
    })
  }

  const stopAll = async (): Promise<boolean> => {
    let isClean = true
    for (const stop of stops.reverse()) {
      try {
        await stop()
      } catch (error) {
        isClean = false
        log('stopping failed by a bug', { error })
      }
    }
    return isClean
  }

  return {
    later: (stop) => stops.push(stop),
    end,
    isEnding: () => isEnding,
    onSignals() {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(signal, () => {
          // Whoever presses Ctrl+C twice does not want to wait.
          if (isEnding && signal === 'SIGINT') exit(1)
          end(signal)
        })
      }
      // A terminal that went away is no reason to crash.
      process.stdout.on('error', () => undefined)
      process.stderr.on('error', () => undefined)
      process.on('unhandledRejection', (error) => {
        // A promise nobody waited for: what it belonged to failed alone, and everything durable is on disk.
        log('promise failed by a bug', { incident: incident(), error })
      })
      process.on('uncaughtException', (error) => {
        const name = incident()
        log('program failed by a bug', { incident: name, error })
        console.error(`Sightline met a bug and stops. Nothing written is lost. The log names it as incident ${name}.`)
        end('bug', 1)
      })
    },
  }
}

const incident = (): string => randomBytes(4).toString('hex')
