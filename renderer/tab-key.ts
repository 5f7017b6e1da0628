import { useSyncExternalStore } from 'react'
import { TAB_KEY_ITEM } from '../shared/contract/tab-key.ts'

const listeners = new Set<() => void>()

/** The key with which this tab came in, in a browser. It survives a reload and belongs to this tab and origin alone. */
export const tabKey = (): string | undefined => sessionStorage.getItem(TAB_KEY_ITEM) ?? undefined

/** The key is worthless: the window says how to get in again. */
export function forgetTabKey(): void {
  sessionStorage.removeItem(TAB_KEY_ITEM)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether this window may reach the messenger at all; where there is a preload no key is needed. */
export const useMayConnect = (): boolean =>
  useSyncExternalStore(subscribe, () => window.sightline !== undefined || tabKey() !== undefined)
