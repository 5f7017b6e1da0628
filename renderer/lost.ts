import { useSyncExternalStore } from 'react'
import { bridge } from './messenger.ts'

let wasConnected = false
let isLost = false
const listeners = new Set<() => void>()
bridge.onConnection((isConnected) => {
  wasConnected ||= isConnected
  const now = wasConnected && !isConnected
  if (now === isLost) return
  isLost = now
  for (const listener of listeners) listener()
})

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether the messenger was here and is gone: then everything that was observed may have changed since. */
export const useIsLost = (): boolean => useSyncExternalStore(subscribe, () => isLost)
