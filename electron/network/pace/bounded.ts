/** A signal that aborts with its parent or after a time, and can be cleared so that it never aborts any more. */
export interface Bound {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
  /** Must be called when the work is done: a socket keeps the signal it was opened with and dies with it. */
  clear(): void
}

/** Bounds a piece of work by its parents and by time. */
export function bounded(ms: number, ...parents: readonly AbortSignal[]): Bound {
  const controller = new AbortController()
  const onAbort = () => {
    const parent = parents.find(({ aborted }) => aborted)
    controller.abort(parent?.reason)
  }
  const timer = setTimeout(() => controller.abort(new DOMException(`took longer than ${ms} ms`, 'TimeoutError')), ms)
  for (const parent of parents) parent.addEventListener('abort', onAbort)
  if (parents.some(({ aborted }) => aborted)) onAbort()
  const clear = () => {
    clearTimeout(timer)
    for (const parent of parents) parent.removeEventListener('abort', onAbort)
  }
  return {
    signal: controller.signal,
    abort: (reason) => {
      clear()
      controller.abort(reason)
    },
    clear,
  }
}
