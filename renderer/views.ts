import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { ViewName, Views } from '../shared/contract/views.ts'
import { useIsLost } from './lost.ts'
import { bridge } from './messenger.ts'
import { createMirror } from './mirror.ts'
import { withoutLines } from './without-lines.ts'

const mirror = createMirror(bridge)

/** The rows of a view by key; `undefined` until they are known. Drawn again on every change; without a messenger no line is known. */
export function useView<Name extends ViewName>(name: Name): ReadonlyMap<string, Views[Name]> | undefined {
  const subscribe = useCallback((listener: () => void) => mirror.subscribe(name, listener), [name])
  const rows = useSyncExternalStore(subscribe, () => mirror.rows(name))
  const isLost = useIsLost()
  return useMemo(() => (isLost ? withoutLines(name, rows) : rows), [isLost, name, rows])
}

/** One row of a view; tables of one row use the key `''`. */
export function useRow<Name extends ViewName>(name: Name, key = ''): Views[Name] | undefined {
  return useView(name)?.get(key)
}

/** Forgets everything that only an open profile may show. */
export function forgetProfile(): void {
  mirror.forgetAllBut(['session', 'shell'])
}
