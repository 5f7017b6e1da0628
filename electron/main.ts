// The desktop app: profile, lock, messenger, page, window, and an end in reverse. Electron waits for this file before it
// is ready, so nothing here may wait for that in turn.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, safeStorage, session } from 'electron'
import { createApp } from './app/app.ts'
import { openLogFile } from './app/log.ts'
import { personArguments, weakeningRefusal } from './program/arguments.ts'
import { createEnding } from './program/ending.ts'
import { findInstallation, platformName } from './program/installation.ts'
import { linksAmong } from './program/links.ts'
import { type ProgramOptions, readOptions, USAGE } from './program/options.ts'
import { createPages } from './program/pages.ts'
import { makeProfileFolder, mustBeWritable, startFailure } from './program/profile-folder.ts'
import { startDesk } from './shell/desk.ts'
import { guard, quietChromium } from './shell/guard/guard.ts'
import { createOutwardLinks } from './shell/guard/outward-links.ts'
import { leave } from './shell/leave.ts'
import { serveWindow } from './shell/page/ipc.ts'
import { registerPageScheme, servePage } from './shell/page/page.ts'
import { PAGE_URL } from './shell/page/page-address.ts'
import { collectOpenedLinks } from './shell/system/deep-links.ts'
import { collectOtherStarts, type OtherStarts } from './shell/system/other-starts.ts'
import { relaunchOptions } from './shell/system/relaunch.ts'
import { createSecretBox } from './shell/system/secret-box.ts'
import { createMainWindow } from './shell/window/main-window.ts'
import { noteLostHelpers, recoverPage } from './shell/window/recovery.ts'
import { windowOptions } from './shell/window/window.ts'

// The keyring's entry is named after the app: one name, packed or not, or a profile of one would not open in the other.
app.setName('Sightline')
const opened = collectOpenedLinks(app)
const read = readOptions(personArguments(process.argv, app.isPackaged))
if (!read.ok) leave(read.failure, 2)
else if (read.value === 'help') {
  console.log(USAGE)
  app.exit(0)
} else {
  const weakened = app.isPackaged ? weakeningRefusal((name) => app.commandLine.hasSwitch(name)) : undefined
  if (weakened === undefined) prepare(read.value)
  else leave(weakened, 1)
}

/** Everything that must stand before Electron is ready. */
function prepare(options: ProgramOptions): void {
  try {
    makeProfileFolder(options.directory)
    // Chromium keeps its own files in the profile too, and its lock: two profiles are two instances.
    const chromiumFolder = join(options.directory, 'electron')
    mkdirSync(chromiumFolder, { recursive: true, mode: 0o700 })
    // Chromium takes a lock it cannot write for one that somebody else holds.
    mustBeWritable(chromiumFolder)
    app.setPath('userData', chromiumFolder)
  } catch (error) {
    leave(startFailure(error), 1)
    return
  }
  if (!app.requestSingleInstanceLock({ links: options.links })) {
    console.log('This profile is already running; its window comes to the front.')
    app.exit(0)
    return
  }
  const otherStarts = collectOtherStarts(app)
  registerPageScheme()
  app.enableSandbox()
  quietChromium()
  app.whenReady().then(
    () => run(options, otherStarts).catch((error: unknown) => leave(startFailure(error), 1)),
    (error: unknown) => leave(startFailure(error), 1),
  )
}

async function run(options: ProgramOptions, otherStarts: OtherStarts): Promise<void> {
  const { root, version } = findInstallation(import.meta.dirname)
  const platform = platformName()

  const { log, close: closeLog } = openLogFile(join(options.directory, 'log.jsonl'))
  let hasEnded = false
  // Links of whoever starts the program while it ends: that start would be lost with this process.
  let lateStart: readonly string[] | undefined
  const ending = createEnding({
    log,
    exit(code) {
      if (lateStart !== undefined && !hasEnded) app.relaunch(relaunchOptions(process, lateStart))
      hasEnded = true
      app.exit(code)
    },
  })
  ending.later(async () => closeLog())
  ending.onSignals()
  app.on('before-quit', (event) => {
    if (hasEnded) return
    // Not before the messenger has stopped.
    event.preventDefault()
    ending.end('quit')
  })
  log('shell started', { version, electron: process.versions['electron'], platform: process.platform })
  noteLostHelpers(log)

  const secretBox = createSecretBox({ safeStorage, platform, log })
  const messenger = createApp({
    directory: options.directory,
    shell: { kind: 'electron', profile: options.profile, version, platform },
    log,
    relays: options.relays,
    secretBox,
    onQuit: () => ending.end('quit'),
  })
  ending.later(messenger.stop)
  secretBox.isPresent().then(
    (hasKeyring) => messenger.shellIs({ hasKeyring }),
    (error: unknown) => {
      log('keyring did not answer', { error })
      messenger.shellIs({ hasKeyring: false })
    },
  )

  const pages = createPages(join(root, 'out', 'renderer'))
  const stopPages = servePage({ pages, log })
  ending.later(async () => stopPages())

  const mainWindow = createMainWindow({ make: makeWindow, isEnding: ending.isEnding })
  const desk = startDesk({
    app: messenger,
    mainWindow,
    opened,
    directory: options.directory,
    platform,
    root,
    log,
    quit: () => ending.end('quit'),
  })
  ending.later(desk.stop)

  // Before anything is waited for: a second start in the same moment would go unheard.
  app.on('activate', mainWindow.show)
  app.on('window-all-closed', () => {
    // On macOS a program goes on without windows.
    if (platform !== 'macos') ending.end('window closed')
  })
  otherStarts.listen((links) => {
    if (ending.isEnding()) {
      // Once, at the end: each relaunch() would be a program more.
      lateStart = linksAmong([...(lateStart ?? []), ...links])
      return
    }
    // Links bring the window up themselves, as often as their ration allows: any page can open them.
    if (links.length === 0) mainWindow.show()
    desk.open(links)
  })

  await guard({
    session: session.defaultSession,
    onOutwardLink: createOutwardLinks({ window: mainWindow.browserWindow, words: desk.dialogWords, log }),
    log,
  })

  function makeWindow(): BrowserWindow {
    const window = new BrowserWindow(
      windowOptions({
        title: options.profile === 'default' ? 'Sightline' : `Sightline (${options.profile})`,
        preload: join(root, 'out', 'electron', 'preload.cjs'),
        bounds: desk.place.bounds(),
        isDark: nativeTheme.shouldUseDarkColors,
        isPackaged: app.isPackaged,
        ...(platform === 'linux' ? { icon: join(root, 'electron', 'icons', 'icon.png') } : {}),
      }),
    )
    serveWindow({ contents: window.webContents, serve: messenger.serve, log })
    recoverPage({ window, words: desk.dialogWords, quit: () => ending.end('quit'), log })
    desk.place.follow(window)
    window.loadURL(PAGE_URL).catch((error: unknown) => log('page did not load', { error }))
    return window
  }

  desk.open(options.links)
  mainWindow.begin()
  ending.later(async () => mainWindow.hide())
}
