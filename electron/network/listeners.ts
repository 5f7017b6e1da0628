/** Functions to be called when something happened. One that throws does not keep the others from hearing. */
export interface Listeners<Arguments extends readonly unknown[]> {
  add(listener: (...values: Arguments) => void): () => void
  call(...values: Arguments): void
}

/** A list of listeners; what a listener throws is reported, not lost. */
export function createListeners<Arguments extends readonly unknown[]>(
  onError: (error: unknown) => void,
): Listeners<Arguments> {
  const listeners = new Set<(...values: Arguments) => void>()
  return {
    add(listener) {
      const own = (...values: Arguments) => listener(...values)
      listeners.add(own)
      return () => listeners.delete(own)
    },
    call(...values) {
      for (const listener of [...listeners]) {
        try {
          listener(...values)
        } catch (error) {
          onError(error)
        }
      }
    },
  }
}
