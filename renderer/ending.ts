import { useSyncExternalStore } from 'react'
import { ask } from './messenger.ts'

let hasAsked = false
const listeners = new Set<() => void>()

/** Stops the messenger because a person asked for it: losing it afterwards is no accident. */
export async function quit(): Promise<void> {
  const answer = await ask('app.quit', {})
  // It may be gone before its answer is.
  hasAsked = answer.ok || answer.failure.code === 'disconnected'
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether Quit was pressed in this window. */
export const useHasQuit = (): boolean => useSyncExternalStore(subscribe, () => hasAsked)
