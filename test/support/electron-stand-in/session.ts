import { EventEmitter } from 'node:events'
import { preventable, record, strict } from './record.ts'

type PermissionRequest = (
  contents: object | null,
  permission: string,
  answer: (granted: boolean) => void,
  details: object,
) => void
type PermissionCheck = (contents: object | null, permission: string, origin: string, details: object) => boolean
type BeforeRequest = (details: object, answer: (response: { readonly cancel?: boolean }) => void) => void

class Session extends EventEmitter {
  permissionRequest: PermissionRequest | null = null
  permissionCheck: PermissionCheck | null = null
  devicePermission: ((details: object) => boolean) | null = null
  beforeRequest: BeforeRequest | null = null

  readonly webRequest = strict('session.webRequest', {
    onBeforeRequest: (...given: [BeforeRequest | null] | [object, BeforeRequest | null]) => {
      this.beforeRequest = given.length === 1 ? given[0] : given[1]
    },
  })

  setPermissionRequestHandler(handler: PermissionRequest | null): void {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: PermissionCheck | null): void {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(handler: ((details: object) => boolean) | null): void {
    this.devicePermission = handler
  }
  setSpellCheckerEnabled(isEnabled: boolean): void {
    record('session.setSpellCheckerEnabled', isEnabled)
  }
  setSpellCheckerLanguages(languages: readonly string[]): void {
    record('session.setSpellCheckerLanguages', languages)
  }
  async setProxy(config: object): Promise<void> {
    record('session.setProxy', config)
  }
}

const own = new Session()
export const defaultSession = strict('session.defaultSession', own)
export const session = strict('session', { defaultSession })

/** As Electron answers a page's wish: without a handler everything is granted. */
export function isPermitted(contents: object, permission: string, details: object): Promise<boolean> {
  const handler = own.permissionRequest
  return new Promise((resolve) => {
    const answer = (granted: boolean) => {
      record('permission', permission, granted)
      resolve(granted)
    }
    if (handler === null) answer(true)
    else handler(contents, permission, answer, details)
  })
}

/** May this request go out? Without a handler every request may. */
export function mayRequest(details: object): Promise<boolean> {
  const handler = own.beforeRequest
  return new Promise((resolve) => {
    if (handler === null) resolve(true)
    else handler(details, ({ cancel = false }) => resolve(!cancel))
  })
}

/** As Electron asks on its own, without a request: is the page allowed this now? Without a handler it is. */
export const isPermittedNow = (contents: object | null, permission: string, origin: string, details: object): boolean =>
  own.permissionCheck?.(contents, permission, origin, details) ?? true

/** Is a device given to the page? Without a handler it is. */
export const isDevicePermitted = (details: object): boolean => own.devicePermission?.(details) ?? true

/** Tells the app of a download; true = it lets it happen. */
export function downloadBegins(url: string, contents: object): boolean {
  const event = preventable({})
  own.emit('will-download', event, { getURL: () => url, cancel: () => undefined }, contents)
  return !event.defaultPrevented
}
