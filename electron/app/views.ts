import type { MessagesChanged } from '../../shared/contract/events.ts'
import type { ViewName, ViewPush, Views } from '../../shared/contract/views.ts'
import type { Listing } from '../../shared/domain/listing.ts'
import type { Log } from './log.ts'

/** Where each view's rows come from; a view without a source shows nothing until it has one. */
export type ViewSources = { readonly [Name in ViewName]?: Listing<Views[Name]> }

/** Whoever tells of new and changed messages of one conversation. */
export type Hear = (conversation: string, onChange: (change: MessagesChanged) => void) => () => void

export interface ViewTables {
  /** The first push is whole and comes as soon as the view has a source. Returns a function that ends the watch. */
  watch(name: ViewName, onPush: (push: ViewPush) => void): () => void
  hear: Hear
  /** Adds or replaces sources; their watchers are pushed the whole view. `undefined` takes a view away: it is pushed empty. */
  setSources(sources: { readonly [Name in ViewName]?: Listing<Views[Name]> | undefined }): void
  setHear(hear: Hear | undefined): void
  stop(): void
}

/** Two pushes of a view are at least this far apart: the eye sees 20 changes a second as movement. */
const PUSH_EVERY_MS = 50

/** Builds the views somebody watches, compares them with what was sent, and pushes only what differs. */
export function createViews({
  log,
  nowMs = () => performance.now(),
}: {
  readonly log: Log
  readonly nowMs?: () => number
}): ViewTables {
  const tables = new Map<ViewName, Table>()
  const ears = createEars()
  const table = (name: ViewName): Table => {
    const known = tables.get(name)
    if (known !== undefined) return known
    const made = createTable(name, log, nowMs)
    tables.set(name, made)
    return made
  }

  return {
    watch: (name, onPush) => table(name).watch(onPush),
    hear: ears.hear,
    setHear: ears.setSource,
    setSources(sources) {
      // Object.keys of a value typed by ViewName gives just those names.
      for (const name of Object.keys(sources) as ViewName[]) table(name).setSource(sources[name])
    },
    stop() {
      for (const each of tables.values()) each.stop()
      ears.setSource(undefined)
    },
  }
}

/** A view of exactly one row, under the key `''`; no row while `read` gives `undefined`. */
export function single<Row>(read: () => Row | undefined, onChange: (listener: () => void) => () => void): Listing<Row> {
  return {
    *rows() {
      const row = read()
      if (row !== undefined) yield ['', row]
    },
    onChange,
  }
}

interface Table {
  watch(onPush: (push: ViewPush) => void): () => void
  setSource(source: Listing<unknown> | undefined): void
  stop(): void
}

function createTable(name: ViewName, log: Log, nowMs: () => number): Table {
  const watchers = new Set<(push: ViewPush) => void>()
  /** What the watchers hold: key -> row as JSON. Text is compared, so an owner that changes a row in place is noticed too. */
  let sent = new Map<string, string>()
  let source: Listing<unknown> | undefined
  let endListening: (() => void) | undefined
  let timer: NodeJS.Timeout | undefined
  let revision = 0
  let pushedAtMs = Number.NEGATIVE_INFINITY

  const build = (): Map<string, { row: unknown; text: string }> => {
    const built = new Map<string, { row: unknown; text: string }>()
    for (const [key, row] of source?.rows() ?? []) built.set(key, { row, text: JSON.stringify(row) })
    return built
  }
  const tell = (push: ViewPush, to: Iterable<(push: ViewPush) => void> = [...watchers]) => {
    for (const onPush of to) onPush(push)
  }
  /** Sends the whole view to everybody given, and remembers it as sent. */
  const pushWhole = (to?: Iterable<(push: ViewPush) => void>) => {
    const built = build()
    sent = new Map([...built].map(([key, { text }]) => [key, text]))
    tell({ revision, isWhole: true, rows: [...built].map(([key, { row }]) => [key, row] as const), gone: [] }, to)
  }
  const pushChanges = () => {
    const built = build()
    const rows = [...built].filter(([key, { text }]) => sent.get(key) !== text)
    const gone = [...sent.keys()].filter((key) => !built.has(key))
    if (rows.length === 0 && gone.length === 0) return
    for (const [key, { text }] of rows) sent.set(key, text)
    for (const key of gone) sent.delete(key)
    revision += 1
    pushedAtMs = nowMs()
    tell({ revision, isWhole: false, rows: rows.map(([key, { row }]) => [key, row] as const), gone })
  }
  /** A view that cannot be built is a bug: it is told once in the log, and the window keeps what it has. */
  const carefully = (act: () => void) => {
    try {
      act()
    } catch (error) {
      log('view failed by a bug', { view: name, error })
    }
  }
  const changed = () => {
    if (timer !== undefined || watchers.size === 0) return
    timer = setTimeout(
      () => {
        timer = undefined
        carefully(pushChanges)
      },
      Math.max(0, pushedAtMs + PUSH_EVERY_MS - nowMs()),
    )
  }
  const rest = () => {
    endListening?.()
    endListening = undefined
    clearTimeout(timer)
    timer = undefined
  }
  const listen = () => {
    if (endListening === undefined && watchers.size > 0) endListening = source?.onChange(changed)
  }

  return {
    watch(onPush) {
      // Two watches may share one function: each has its own entry.
      const watcher = (push: ViewPush) => onPush(push)
      if (source !== undefined) {
        // The others first, so that one revision means the same rows to all.
        if (watchers.size > 0) carefully(pushChanges)
        carefully(() => pushWhole([watcher]))
      }
      watchers.add(watcher)
      listen()
      return () => {
        if (watchers.delete(watcher) && watchers.size === 0) {
          rest()
          sent = new Map()
        }
      }
    },
    setSource(next) {
      if (next === source) return
      rest()
      source = next
      revision += 1
      if (watchers.size > 0) {
        carefully(() => pushWhole())
        pushedAtMs = nowMs()
      }
      listen()
    },
    stop() {
      rest()
      watchers.clear()
    },
  }
}

/** Keeps who hears what while the one who tells comes and goes with the profile. */
function createEars(): { hear: Hear; setSource(source: Hear | undefined): void } {
  interface Ear {
    readonly conversation: string
    readonly onChange: (change: MessagesChanged) => void
    end?: (() => void) | undefined
  }
  const ears = new Set<Ear>()
  let source: Hear | undefined
  return {
    hear(conversation, onChange) {
      const ear: Ear = { conversation, onChange }
      ear.end = source?.(conversation, onChange)
      ears.add(ear)
      return () => {
        ears.delete(ear)
        ear.end?.()
        ear.end = undefined
      }
    },
    setSource(next) {
      source = next
      for (const ear of ears) {
        ear.end?.()
        ear.end = source?.(ear.conversation, ear.onChange)
      }
    },
  }
}
