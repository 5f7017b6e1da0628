import type { ElectronApp } from '../../support/electron-app.ts'

// Asks the app what Chromium would ask it, with the arguments Electron would pass.

/** Emits an event of the window's contents and answers whether the app prevented its default. */
export const isPrevented = (app: ElectronApp, name: string, url: string): Promise<boolean> =>
  app.evaluate(
    ({ BrowserWindow }, given) => {
      let prevented = false
      const event = {
        url: given.url,
        isMainFrame: true,
        preventDefault() {
          prevented = true
        },
      }
      const contents: { emit(name: string, ...args: unknown[]): void } | undefined =
        BrowserWindow.getAllWindows()[0]?.webContents
      contents?.emit(
        given.name,
        event,
        given.url,
        () => undefined,
        () => undefined,
        () => undefined,
      )
      return prevented
    },
    { name, url },
  )

/** As isPrevented, for an event of the session. */
export const isSessionPrevented = (app: ElectronApp, name: string): Promise<boolean> =>
  app.evaluate(({ session }, event) => {
    let prevented = false
    const details = {
      preventDefault() {
        prevented = true
      },
    }
    const emitter: { emit(name: string, ...args: unknown[]): void } = session.defaultSession
    // Each of these hands its chooser over at another place.
    emitter.emit(event, details, {}, ...Array(3).fill(() => undefined))
    return prevented
  }, name)

/** May the page have this, asked by this address? */
export const isGranted = (app: ElectronApp, permission: string, more: object = {}): Promise<boolean> =>
  app.evaluate(
    async ({ standIn, BrowserWindow }, given) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents === undefined) throw new Error('no window')
      const details = { requestingUrl: 'app://sightline/', isMainFrame: true, ...given.more }
      return standIn.isPermitted(contents, given.permission, details)
    },
    { permission, more },
  )

/** As isGranted, where Chromium looks without asking. */
export const isGrantedNow = (app: ElectronApp, permission: string, details: object = {}): Promise<boolean> =>
  app.evaluate(
    ({ standIn, BrowserWindow }, given) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents ?? null
      return standIn.isPermittedNow(contents, given.permission, 'app://sightline/', given.details)
    },
    { permission, details },
  )

/** May the window load this? */
export const mayLoad = (app: ElectronApp, url: string): Promise<boolean> =>
  app.evaluate(({ standIn }, wanted) => standIn.mayRequest({ url: wanted, method: 'GET', resourceType: 'image' }), url)
