import { chmodSync, closeSync, existsSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'

/** Says what happened: an event in the past tense, and fields. Never message text, keys or invites. */
export type Log = (event: string, fields?: Readonly<Record<string, unknown>>) => void

export interface LogFile {
  readonly log: Log
  close(): void
}

/** Long enough for a day of an unlucky network, small enough to read and to send. With the old file twice this is kept. */
const LOG_MAX_BYTES = 1024 * 1024
const FIELD_MAX_CHARACTERS = 2000

/** Discards everything; for tests and tools. */
export const silent: Log = () => undefined

/** Appends JSON lines to a file that only its owner can read; the previous file is kept as `<file>.old`. */
export function openLogFile(file: string, { maxBytes = LOG_MAX_BYTES, now = () => Date.now() } = {}): LogFile {
  let descriptor = openPrivately(file)
  let bytes = fstatSync(descriptor).size
  let isClosed = false
  return {
    log(event, fields = {}) {
      if (isClosed) return
      const line = Buffer.from(`${logLine(event, fields, now())}\n`)
      try {
        if (bytes + line.length > maxBytes) {
          closeSync(descriptor)
          renameSync(file, `${file}.old`)
          descriptor = openPrivately(file)
          bytes = 0
        }
        writeSync(descriptor, line)
        bytes += line.length
      } catch {
        // A full disk must not end a messenger because it could not write about it.
      }
    },
    close() {
      if (isClosed) return
      isClosed = true
      try {
        closeSync(descriptor)
      } catch {
        // Only after a rotation failed halfway: there is nothing left to close.
      }
    },
  }
}

function openPrivately(file: string): number {
  if (existsSync(file)) chmodSync(file, 0o600)
  return openSync(file, 'a', 0o600)
}

/** One line of the log, with everything personal cut short. */
export function logLine(event: string, fields: Readonly<Record<string, unknown>>, at: number): string {
  const readable = Object.entries(fields).map(([name, value]) => [name, readableField(value)])
  return JSON.stringify({ at: new Date(at).toISOString(), event, ...Object.fromEntries(readable) })
}

function readableField(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) return value
  if (value instanceof Error) return redacted(describeError(value))
  if (typeof value === 'string') return redacted(value)
  try {
    return redacted(JSON.stringify(value) ?? String(value))
  } catch {
    return '(unreadable)'
  }
}

function describeError(error: Error, depth = 0): string {
  const own = error.stack ?? `${error.name}: ${error.message}`
  return error.cause instanceof Error && depth < 3 ? `${own}\ncaused by ${describeError(error.cause, depth + 1)}` : own
}

/** Cuts what names a person or a place out of a text: peer ids and addresses are shortened, invites go. */
function redacted(text: string): string {
  return text
    .slice(0, FIELD_MAX_CHARACTERS)
    .replace(/sightline:\/\/\S+/gi, 'sightline://…')
    .replace(/\b(?:12D3KooW|16Uiu2HA|Qm)[1-9A-HJ-NP-Za-km-z]{20,}([1-9A-HJ-NP-Za-km-z]{6})\b/g, '…$1')
    .replace(/\b(?!127\.|0\.0)(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}\b/g, '$1.x.x')
    .replace(/\b([0-9a-f]{1,4}:[0-9a-f]{1,4}):[0-9a-f:]{2,}\b/gi, '$1:x')
}
