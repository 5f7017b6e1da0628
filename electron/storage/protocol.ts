import type { StorageFailure } from './failure.ts'

// What the two sides of the worker say to each other.

/** Where a database comes from when it is opened. */
export type Source =
  /** a new, empty one; there must be none */
  | 'new'
  /** the one that is there; it must exist */
  | 'existing'
  /** the last good copy takes the place of the one that is there, which is kept beside it */
  | 'good-copy'

export interface OpenRequest {
  readonly do: 'open'
  readonly path: string
  readonly key: Uint8Array
  readonly source: Source
  readonly lockWaitMs: number
  readonly keepCopyAfterMs: number
  readonly commitDelayMs: number
}

export type ToWorker =
  | OpenRequest
  | { readonly do: 'request'; readonly id: number; readonly name: string; readonly input: readonly unknown[] }
  | { readonly do: 'close' }

/** What opening found. */
export interface Opened {
  /** `PRAGMA synchronous` as SQLite reads it back: 2 is FULL. */
  readonly synchronous: number
  /** The process before this one did not close it: it was killed, or the power went. */
  readonly wasInterrupted: boolean
  /**
   * This database may know less than it once acknowledged (restored from a copy, or its write-ahead log is gone).
   * It already has a new instance.
   */
  readonly mayBeBehind: boolean
}

/** Why something did not work: an expected failure, or a bug with its message. */
export type Problem =
  | { readonly kind: 'failure'; readonly failure: StorageFailure }
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string }

export type Answer =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly problem: Problem }

export type FromWorker =
  | { readonly did: 'open'; readonly opened: Opened }
  | { readonly did: 'not-open'; readonly problem: Problem }
  | { readonly did: 'answer'; readonly answers: readonly Answer[] }
  | { readonly did: 'close' }
  /** Something happened that no request asked for. */
  | { readonly did: 'log'; readonly event: string; readonly fields: Readonly<Record<string, unknown>> }
