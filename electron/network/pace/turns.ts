/** Begins pieces of work one after another: each when the one before it has failed, or has taken long. */
export type Turns = <Value>(work: () => Promise<Value>, signal: AbortSignal) => Promise<Value>

/** `longMs`: when the next one is not kept waiting any more. After a success none begins; whoever waits is aborted. */
export function createTurns(longMs: number): Turns {
  let last: Promise<void> = Promise.resolve()
  return async (work, signal) => {
    const before = last
    const next = Promise.withResolvers<void>()
    last = next.promise
    let timer: NodeJS.Timeout | undefined
    try {
      await unlessAborted(before, signal)
      timer = setTimeout(next.resolve, longMs)
      timer.unref()
      return await work()
    } catch (error) {
      next.resolve()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
}

function unlessAborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    void wait.then(() => {
      signal.removeEventListener('abort', onAbort)
      if (signal.aborted) reject(signal.reason)
      else resolve()
    })
    if (signal.aborted) onAbort()
  })
}
