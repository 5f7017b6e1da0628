import type { Bridge } from '../../shared/contract/bridge.ts'
import type { ViewName, Views } from '../../shared/contract/views.ts'

/** A view as the window holds it, kept up to date by its pushes. */
export interface LiveView<Row> {
  readonly rows: ReadonlyMap<string, Row>
  /** The row of a view that has only one. */
  readonly only: Row | undefined
  /** Has the first push come? */
  readonly isThere: boolean
  stop(): void
}

/** Watches a view and mirrors it; a gap in the revisions fails loudly. */
export function liveView<Name extends ViewName>(bridge: Bridge, name: Name): LiveView<Views[Name]> {
  const rows = new Map<string, Views[Name]>()
  let revision: number | undefined
  const stop = bridge.watch(name, (push) => {
    if (push.isWhole) rows.clear()
    else if (push.revision !== (revision ?? Number.NaN) + 1)
      throw new Error(`${name}: ${push.revision} follows ${revision}`)
    revision = push.revision
    for (const key of push.gone) rows.delete(key)
    for (const [key, row] of push.rows) rows.set(key, row)
  })
  return {
    rows,
    get only() {
      return rows.get('')
    },
    get isThere() {
      return revision !== undefined
    },
    stop,
  }
}
