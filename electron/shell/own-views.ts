import type { Bridge } from '../../shared/contract/bridge.ts'
import type { ViewName, ViewPush, Views } from '../../shared/contract/views.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/domain/settings.ts'
import type { Log } from '../app/log.ts'

/** What one push changed. `isWhole`: the view began anew, so nothing in it is news. */
export interface Change<Row> {
  readonly isWhole: boolean
  readonly before: ReadonlyMap<string, Row>
  readonly now: ReadonlyMap<string, Row>
  /** Rows that are new or different. */
  readonly changed: readonly (readonly [key: string, row: Row])[]
}

/** The shell's copy of the views its parts live by. */
export interface OwnViews {
  /** Empty until the first push, and while the profile is locked. */
  rows<Name extends OwnView>(name: Name): ReadonlyMap<string, Views[Name]>
  /** The row of a view that has only one. */
  row<Name extends OwnView>(name: Name): Views[Name] | undefined
  /** The switches; while the profile is locked those it had, so that neither language nor theme jumps. */
  settings(): Settings
  /** Returns a function that ends the listening. */
  onChange<Name extends OwnView>(name: Name, listener: (change: Change<Views[Name]>) => void): () => void
  stop(): void
}

const NAMES = ['session', 'self', 'settings', 'people', 'conversations'] as const satisfies readonly ViewName[]
type OwnView = (typeof NAMES)[number]

interface Copy {
  rows: ReadonlyMap<string, unknown>
  readonly listeners: Set<(change: Change<unknown>) => void>
}

const EMPTY: ReadonlyMap<string, unknown> = new Map()

/** Watches once for all parts; a part that fails is logged and keeps nobody else from hearing. */
export function watchOwnViews({
  bridge,
  log,
}: {
  readonly bridge: Pick<Bridge, 'watch'>
  readonly log: Log
}): OwnViews {
  const copies = new Map<OwnView, Copy>(NAMES.map((name) => [name, { rows: EMPTY, listeners: new Set() }]))
  // Rows are kept under the name they were pushed for.
  const rows = <Name extends OwnView>(name: Name) =>
    (copies.get(name)?.rows ?? EMPTY) as ReadonlyMap<string, Views[Name]>
  let settings = DEFAULT_SETTINGS
  const take = (name: OwnView, push: ViewPush) => {
    const copy = copies.get(name)
    if (copy === undefined) return
    const before = copy.rows
    const now = applied(before, push)
    copy.rows = now
    if (name === 'settings') settings = rows('settings').get('') ?? settings
    for (const listener of [...copy.listeners]) {
      try {
        listener({ isWhole: push.isWhole, before, now, changed: push.rows })
      } catch (error) {
        log('part of the shell failed by a bug', { view: name, error })
      }
    }
  }
  const stops = NAMES.map((name) => bridge.watch(name, (push) => take(name, push)))
  return {
    rows,
    row: (name) => rows(name).get(''),
    settings: () => settings,
    onChange(name, listener) {
      const { listeners } = copies.get(name) ?? { listeners: new Set() }
      // As above: a listener of this name hears rows of this name.
      const heard = (change: Change<unknown>) => listener(change as Parameters<typeof listener>[0])
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    stop() {
      for (const stop of stops) stop()
      for (const { listeners } of copies.values()) listeners.clear()
    },
  }
}

// Inside one process no push is lost, so a gap cannot be.
function applied(before: ReadonlyMap<string, unknown>, push: ViewPush): ReadonlyMap<string, unknown> {
  if (push.isWhole) return new Map(push.rows)
  const rows = new Map(before)
  for (const key of push.gone) rows.delete(key)
  for (const [key, row] of push.rows) rows.set(key, row)
  return rows
}
