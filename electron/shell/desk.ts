import {
  BrowserWindow,
  clipboard,
  dialog,
  app as electronApp,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  screen,
} from 'electron'
import type { Shell } from '../../shared/contract/views.ts'
import type { App } from '../app/app.ts'
import type { Log } from '../app/log.ts'
import { startBadge } from './news/badge.ts'
import { startNotifications } from './news/notifications.ts'
import { createSay } from './news/say.ts'
import { UNREAD_MARK_SIDE, unreadMark } from './news/unread-mark.ts'
import { createOwnBridge } from './own-bridge.ts'
import { watchOwnViews } from './own-views.ts'
import { stopAll } from './stop-all.ts'
import { contextMenu } from './system/context-menu.ts'
import { type DeepLinks, type OpenedLinks, startDeepLinks } from './system/deep-links.ts'
import { startMenu } from './system/menu.ts'
import { startPower } from './system/power.ts'
import { startTray } from './tray/tray.ts'
import { makeTrayIcon } from './tray/tray-icon.ts'
import { trayPresence } from './tray/tray-presence.ts'
import type { MainWindow } from './window/main-window.ts'
import { openShellMemory } from './window/shell-memory.ts'
import { startTheme } from './window/theme.ts'
import { createWindowPlace, type WindowPlace } from './window/window-place.ts'
import { type DialogWords, dialogWordsOf } from './words/dialog-words.ts'
import { wordsOf } from './words/words.ts'

/** What makes a window a program of a desktop: menu, tray, notifications, badge, links, its place on the screen. */
export interface Desk {
  readonly place: WindowPlace
  dialogWords(): DialogWords
  /** Links of a command line. */
  open(links: readonly string[]): void
  stop(): Promise<void>
}

export interface DeskOptions {
  readonly app: App
  readonly mainWindow: MainWindow
  readonly opened: OpenedLinks
  readonly directory: string
  readonly platform: Shell['platform']
  /** Where Sightline is installed. */
  readonly root: string
  readonly log: Log
  readonly quit: () => void
}

/** Starts every part with what it uses of Electron. */
export function startDesk({ app, mainWindow, opened, directory, platform, root, log, quit }: DeskOptions): Desk {
  // The appId of electron-builder.yml: Windows shows notifications of programs it knows by that name only.
  if (platform === 'windows') electronApp.setAppUserModelId('app.sightline')
  const bridge = createOwnBridge(app)
  const views = watchOwnViews({ bridge, log })
  const words = () => wordsOf(views.settings().language, electronApp.getLocale())
  const lock = () => void bridge.ask('profile.lock', {})
  const { say, stop: stopSaying } = createSay({ Notification, showDialog: saySlowly })
  const memory = openShellMemory({ directory, log })
  const place = createWindowPlace({
    memory,
    workAreas: () => [screen.getPrimaryDisplay().workArea, ...screen.getAllDisplays().map(({ workArea }) => workArea)],
  })
  const window = () => mainWindow.browserWindow()

  const links: DeepLinks = startDeepLinks({
    opened,
    app,
    mainWindow,
    words,
    say,
    log,
    // In development the program would be Electron itself, with whatever folder.
    register: electronApp.isPackaged ? () => electronApp.setAsDefaultProtocolClient('sightline') : undefined,
  })
  const overlay = nativeImage.createFromBitmap(unreadMark(), { width: UNREAD_MARK_SIDE, height: UNREAD_MARK_SIDE })
  const stops = [
    bridge.stop,
    views.stop,
    stopSaying,
    place.stop,
    links.stop,
    startTheme({ views, nativeTheme, mainWindow, memory }),
    startMenu({
      views,
      words,
      mainWindow,
      app,
      platform,
      isPackaged: electronApp.isPackaged,
      setMenu: (entries) => Menu.setApplicationMenu(entries === null ? null : Menu.buildFromTemplate(entries)),
      lock,
      closeWindow: () => window()?.close(),
      quit,
    }),
    startNotifications({ views, words, mainWindow, app, Notification, platform }),
    startBadge({
      views,
      words,
      mainWindow,
      platform,
      setBadgeCount: (count) => void electronApp.setBadgeCount(count),
      setOverlay: (image, description) => window()?.setOverlayIcon(image, description),
      overlay,
    }),
    startTray({
      views,
      words,
      mainWindow,
      app,
      platform,
      makeIcon: () => makeTrayIcon({ root, platform, words, open: mainWindow.show, lock, quit }),
      presence: trayPresence,
      memory,
      say,
      log,
    }),
    startPower({ bridge, powerMonitor, quit, log }),
    mainWindow.onMade((made) => {
      made.webContents.on('context-menu', (_event, pressed) => {
        const entries = contextMenu(pressed, words(), (text) => void clipboard.writeText(text))
        if (entries.length > 0) Menu.buildFromTemplate(entries).popup({ window: made })
      })
    }),
  ]
  return {
    place,
    dialogWords: () => dialogWordsOf(views.settings().language, electronApp.getLocale()),
    open(given) {
      for (const link of given) links.open(link)
    },
    async stop() {
      stopAll(stops, log)
    },
  }
}

/** Where the system has no notifications. */
async function saySlowly(sentence: string): Promise<void> {
  const window = BrowserWindow.getAllWindows()[0]
  const asked = { type: 'info' as const, message: sentence, buttons: ['OK'] }
  const shown = window === undefined ? dialog.showMessageBox(asked) : dialog.showMessageBox(window, asked)
  await shown.catch(() => undefined)
}
