import type { ViewName, Views } from '../shared/contract/views.ts'
import { UNKNOWN_PATH } from '../shared/domain/line.ts'

/** What is left of a view's row without a messenger: what was stored stands, no line is known any more. */
const unobserved: { readonly [Name in ViewName]?: (row: Views[Name]) => Views[Name] } = {
  people: (row) => ({ ...row, path: UNKNOWN_PATH }),
  self: (row) => ({ ...row, reach: UNKNOWN_PATH, reachableThrough: [] }),
  conversations: (row) => ({ ...row, isTyping: false }),
}

/** The rows as they may be shown while the messenger is gone. Relays stay, for their names. */
export function withoutLines<Name extends ViewName>(
  name: Name,
  rows: ReadonlyMap<string, Views[Name]> | undefined,
): ReadonlyMap<string, Views[Name]> | undefined {
  if (name === 'peers' || name === 'network' || name === 'nearby' || name === 'attempts') return undefined
  const change: ((row: Views[Name]) => Views[Name]) | undefined = unobserved[name]
  return change === undefined || rows === undefined
    ? rows
    : new Map([...rows].map(([key, row]) => [key, change(row)] as const))
}
