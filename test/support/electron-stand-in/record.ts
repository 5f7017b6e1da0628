/** One call of Electron's that leaves the program: a notification, a dialog, an address for the browser. */
export interface Call {
  readonly api: string
  readonly args: readonly unknown[]
}

/** What happened so far, oldest first. */
export const calls: Call[] = []

export function record(api: string, ...args: readonly unknown[]): void {
  calls.push({ api, args })
}

/** Asked of every object by the language, by `await` and by whoever prints it; never part of Electron. */
const ALWAYS_ABSENT: ReadonlySet<string> = new Set(['then', 'toJSON', '$$typeof', 'nodeType', 'asymmetricMatch'])

/** What is not modelled throws by name, instead of being undefined and hiding a fault. */
export function strict<Target extends object>(name: string, target: Target): Target {
  return new Proxy(target, {
    get(of, key) {
      if (key in of || typeof key === 'symbol' || ALWAYS_ABSENT.has(key)) {
        const value: unknown = Reflect.get(of, key)
        // Private fields belong to the object itself, not to this face of it.
        return typeof value === 'function' ? value.bind(of) : value
      }
      throw new Error(`stand-in: electron.${name}.${key} is not modelled`)
    },
  })
}

/** An event whose default a listener may prevent. */
export function preventable<Details extends object>(
  details: Details,
): Details & { preventDefault(): void; readonly defaultPrevented: boolean } {
  let isPrevented = false
  return Object.defineProperties(details, {
    preventDefault: {
      value() {
        isPrevented = true
      },
    },
    defaultPrevented: { get: () => isPrevented },
    // Just defined.
  }) as Details & { preventDefault(): void; readonly defaultPrevented: boolean }
}
