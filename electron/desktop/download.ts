import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { err, ok, type Result } from '../../shared/result.ts'
import { shortened } from './reasons.ts'

/** Nothing came for so long: nobody waits for the rest. */
const STALLED_AFTER_MS = 15_000
/** A slow line that still moves may take this long. */
const AT_MOST_MS = 15 * 60_000
const LOOK_EVERY_MS = 250
const SAID_MAX_CHARACTERS = 16 * 1024
/** A failure is believed for so long, so that not every start waits for it again. */
const REMEMBERED_MS = 60 * 60_000

/** Runs the package's own installer, which checks what it fetched. The failure is a few words on why. */
export function download({
  installer,
  into,
  stalledAfterMs = STALLED_AFTER_MS,
  atMostMs = AT_MOST_MS,
}: {
  readonly installer: string
  /** Where it unpacks. */
  readonly into: string
  readonly stalledAfterMs?: number
  readonly atMostMs?: number
}): Promise<Result<undefined, string>> {
  // It fetches into the system's temporary folder: with one of its own its progress can be seen.
  const folder = mkdtempSync(join(tmpdir(), 'sightline-electron-'))
  const child = spawn(process.execPath, [installer], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(0, SAID_MAX_CHARACTERS)
  })
  const startedAtMs = performance.now()
  let movedAtMs = startedAtMs
  let bytes = -1
  let ended: string | undefined
  const look = setInterval(() => {
    const now = performance.now()
    const there = bytesBelow(folder) + bytesBelow(into)
    if (there !== bytes) movedAtMs = now
    bytes = there
    if (now - movedAtMs > stalledAfterMs) ended = `nothing came for ${Math.round(stalledAfterMs / 1000)} seconds`
    else if (now - startedAtMs > atMostMs) ended = 'it took too long'
    if (ended !== undefined) child.kill('SIGKILL')
  }, LOOK_EVERY_MS)
  return new Promise((resolve) => {
    const finish = (result: Result<undefined, string>) => {
      clearInterval(look)
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
      resolve(result)
    }
    child.on('error', (error) => finish(err(shortened(error.message))))
    child.on('close', (code) => finish(code === 0 ? ok(undefined) : err(ended ?? causeOf(said))))
  })
}

/** The line that names the error; the rest is where in the installer it happened. */
function causeOf(said: string): string {
  const lines = said.split('\n').map((line) => line.trim())
  const line = lines.find((each) => /\b[A-Z]{5,}\b|error/i.test(each)) ?? lines.find((each) => each !== '')
  return shortened((line ?? 'its installer said nothing').replace(/^(?:\w*Error: )+/, ''))
}

function bytesBelow(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
  } catch {
    // Not there yet, or a file went while it was looked at.
    return 0
  }
}

/** Remembers failed downloads in a file whose age counts. */
export function failureMemory(file: string, nowMs: () => number = () => Date.now()) {
  return {
    isFresh: (): boolean => existsSync(file) && Math.abs(nowMs() - statSync(file).mtimeMs) < REMEMBERED_MS,
    remember(why: string): void {
      try {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, `${why}\n`)
      } catch {
        // Then the next start tries again.
      }
    },
    forget: (): void => rmSync(file, { force: true }),
  }
}
