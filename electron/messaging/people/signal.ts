/** Tells listeners that something changed, not what. */
export interface Signal {
  tell(): void
  /** Returns a function that ends the listening. */
  listen(listener: () => void): () => void
}

export function createSignal(): Signal {
  const listeners = new Set<() => void>()
  return {
    tell() {
      for (const listener of [...listeners]) listener()
    },
    listen(listener) {
      // A wrapper of its own, so that the same function may listen twice.
      const own = () => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}
