/**
 * Waits until `check` returns something other than `undefined` or `false`, and returns that.
 * A check that throws is tried again; when the time is up, its last error is the cause.
 */
export async function eventually<Value>(
  check: () => Value | Promise<Value>,
  {
    withinMs = 10_000,
    everyMs = 20,
    what = 'the expected state',
  }: { withinMs?: number; everyMs?: number; what?: string } = {},
): Promise<Exclude<Value, undefined | false>> {
  const deadline = performance.now() + withinMs
  let cause: unknown
  for (;;) {
    try {
      const value = await check()
      // The two excluded values are exactly those tested here.
      if (value !== undefined && value !== false) return value as Exclude<Value, undefined | false>
      cause = undefined
    } catch (error) {
      cause = error
    }
    if (performance.now() > deadline)
      throw new Error(`${what} did not come about within ${withinMs} ms`, {
        cause,
      })
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
