import type { ElectronApp } from '../../support/electron-app.ts'

// What a test reads of the desktop, and presses on it, through the stand-in.

/** The arguments of each call of one of Electron's functions that lead out of the program. */
export const called = (app: ElectronApp, api: string): Promise<readonly (readonly unknown[])[]> =>
  app.evaluate(({ standIn }, name) => standIn.calls.filter((call) => call.api === name).map(({ args }) => args), api)

/** The notifications on screen now. */
export const notifications = (
  app: ElectronApp,
): Promise<readonly { readonly title: string; readonly body: string }[]> =>
  app.evaluate(({ standIn }) => standIn.shownNotifications.map(({ title, body }) => ({ title, body })))

/** Presses the newest notification. */
export const pressNotification = (app: ElectronApp): Promise<void> =>
  app.evaluate(({ standIn }) => standIn.shownNotifications.at(-1)?.click())

/** The entries of the tray's menu that can be pressed. */
export const trayMenu = (app: ElectronApp): Promise<readonly string[]> =>
  app.evaluate(({ standIn }) =>
    (standIn.trays[0]?.menu?.items ?? [])
      .filter(({ enabled, label }) => enabled && label !== '')
      .map(({ label }) => label),
  )

/** Presses an entry of the tray's menu. */
export const pressTray = (app: ElectronApp, label: string): Promise<void> =>
  app.evaluate(({ standIn }, wanted) => {
    const entry = standIn.trays[0]?.menu?.items.find((item) => item.label === wanted)
    if (entry === undefined) throw new Error(`the tray has no “${wanted}”`)
    entry.click()
  }, label)

/** How the one window stands; undefined = there is none. */
export const windowState = (
  app: ElectronApp,
): Promise<{ readonly isVisible: boolean; readonly isFocused: boolean } | undefined> =>
  app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return window && { isVisible: window.isVisible(), isFocused: window.isFocused() }
  })

/** The person looks elsewhere. */
export const lookAway = (app: ElectronApp): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur())
