import { knowScheme } from './address.ts'
import { record, strict } from './record.ts'

export type SchemeHandler = (request: Request) => Response | Promise<Response>

interface CustomScheme {
  readonly scheme: string
  readonly privileges?: Readonly<Record<string, boolean>>
}

const handlers = new Map<string, SchemeHandler>()
let isReady = false

/** From now on no scheme can be registered any more. */
export function protocolIsReady(): void {
  isReady = true
}

/** Who answers this address, if the app does. */
export function handlerOf(url: string): SchemeHandler | undefined {
  return handlers.get(url.slice(0, url.indexOf(':')))
}

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]) {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme } of schemes) knowScheme(scheme)
    record('protocol.registerSchemesAsPrivileged', schemes)
  },
  handle(scheme: string, handler: SchemeHandler) {
    knowScheme(scheme)
    handlers.set(scheme, handler)
  },
  unhandle: (scheme: string) => void handlers.delete(scheme),
  isProtocolHandled: (scheme: string) => handlers.has(scheme),
})
