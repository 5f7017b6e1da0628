import type { Bridge } from '../shared/contract/bridge.ts'
import type { ViewName, ViewPush, Views } from '../shared/contract/views.ts'

/** A view as the window knows it: immutable, replaced as a whole by each push. */
export interface Snapshot<Row> {
  readonly revision: number
  readonly rows: ReadonlyMap<string, Row>
}

/** Applies one push. Answers `gap` when a push between was missed: then the view has to be watched again. */
export function applyPush<Row>(known: Snapshot<Row> | undefined, push: ViewPush<Row>): Snapshot<Row> | 'gap' {
  if (push.isWhole) return { revision: push.revision, rows: new Map(push.rows) }
  if (known === undefined || push.revision !== known.revision + 1) return 'gap'
  const rows = new Map(known.rows)
  for (const key of push.gone) rows.delete(key)
  for (const [key, row] of push.rows) rows.set(key, row)
  return { revision: push.revision, rows }
}

/** The window's copy of the messenger's views: each is watched while somebody looks at it. */
export interface Mirror {
  /** Returns a function that ends the looking. */
  subscribe(name: ViewName, listener: () => void): () => void
  /** The rows known so far; `undefined` until the first push arrived. */
  rows<Name extends ViewName>(name: Name): ReadonlyMap<string, Views[Name]> | undefined
  /** Forgets all rows but those of the named views, as after the profile was locked. */
  forgetAllBut(names: readonly ViewName[]): void
}

/** Makes a mirror of the views behind a bridge. */
export function createMirror(bridge: Bridge): Mirror {
  const copies = new Map<ViewName, Copy>()
  const copyOf = (name: ViewName) => {
    const copy = copies.get(name) ?? new Copy(bridge, name)
    copies.set(name, copy)
    return copy
  }
  return {
    subscribe: (name, listener) => copyOf(name).subscribe(listener),
    // Rows are kept under the name they were pushed for.
    rows: <Name extends ViewName>(name: Name) =>
      copyOf(name).snapshot?.rows as ReadonlyMap<string, Views[Name]> | undefined,
    forgetAllBut: (names) => {
      for (const [name, copy] of copies) if (!names.includes(name)) copy.forget()
    },
  }
}

class Copy {
  snapshot: Snapshot<unknown> | undefined
  readonly #bridge: Bridge
  readonly #name: ViewName
  readonly #listeners = new Set<() => void>()
  #stop: (() => void) | undefined

  constructor(bridge: Bridge, name: ViewName) {
    this.#bridge = bridge
    this.#name = name
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    if (this.#stop === undefined) this.#watch()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      this.#stop?.()
      this.#stop = undefined
    }
  }

  forget(): void {
    this.snapshot = undefined
    this.#tell()
  }

  #watch(): void {
    this.#stop?.()
    this.#stop = this.#bridge.watch(this.#name, (push) => {
      const next = applyPush(this.snapshot, push)
      if (next === 'gap') {
        this.#watch()
        return
      }
      this.snapshot = next
      this.#tell()
    })
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
