// What `import … from 'electron'` gives in the main process: the parts the shell uses. Each throws by name where it is
// asked for something that is not modelled, so that a test never passes because a call did nothing.
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { answers, clipboard, dialog, shell } from './dialogs.ts'
import { answerEvaluations } from './evaluate.ts'
import { ipcMain } from './ipc-main.ts'
import { nativeTheme, powerMonitor, screen } from './machine.ts'
import { Menu, MenuItem, openedMenus } from './menu.ts'
import { nativeImage } from './native-image.ts'
import { Notification, shownNotifications } from './notification.ts'
import { protocol } from './protocol.ts'
import { calls } from './record.ts'
import { keyring, safeStorage } from './safe-storage.ts'
import { isDevicePermitted, isPermitted, isPermittedNow, mayRequest, session } from './session.ts'
import { Tray, trays } from './tray.ts'
import { received, WebContents } from './web-contents.ts'

const webContents = { getAllWebContents: () => BrowserWindow.getAllWindows().map((window) => window.webContents) }

/** What a test may look at, press, and ask as Chromium would, beside Electron's own face. */
const standIn = {
  answers,
  calls,
  isDevicePermitted,
  isPermitted,
  isPermittedNow,
  keyring,
  mayRequest,
  openedMenus,
  received,
  shownNotifications,
  trays,
}
export type StandIn = typeof standIn

const electron: Readonly<Record<string, unknown>> = {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  WebContents,
  webContents,
}
answerEvaluations({ ...electron, standIn })

export default electron
export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  WebContents,
  webContents,
}
