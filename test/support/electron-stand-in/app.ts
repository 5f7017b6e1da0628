import { EventEmitter } from 'node:events'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { BrowserWindow, listenToWindows } from './browser-window.ts'
import { chromium } from './chromium.ts'
import { STAND_IN } from './environment.ts'
import { protocolIsReady } from './protocol.ts'
import { preventable, record, strict } from './record.ts'
import { requestLock, type SecondInstance } from './single-instance.ts'

const paths: Record<string, string> = {
  appData: tmpdir(),
  downloads: join(homedir(), 'Downloads'),
  home: homedir(),
  temp: tmpdir(),
}

class App extends EventEmitter {
  readonly isPackaged = process.env[STAND_IN.packaged] !== undefined
  name = 'sightline'
  #isReady = false
  #isQuitting = false
  #isExiting = false
  #badge = 0
  #handedOver: Promise<void> = Promise.resolve()
  readonly #early: SecondInstance[] = []

  readonly commandLine = strict('app.commandLine', {
    appendSwitch: (name: string, value?: string) => record('app.commandLine.appendSwitch', name, value),
    hasSwitch: (name: string) => process.argv.includes(`--${name}`),
  })

  readonly #ready = chromium.then(async () => {
    // Electron loads the main module whole before it is ready.
    await new Promise((resolve) => setTimeout(resolve))
    this.#isReady = true
    protocolIsReady()
    this.emit('ready', {}, {})
    for (const second of this.#early.splice(0)) this.#second(second)
  })

  whenReady = (): Promise<void> => this.#ready
  isReady = (): boolean => this.#isReady
  getName = (): string => this.name
  setName(name: string): void {
    this.name = name
  }
  getVersion = (): string => '0.0.0'
  getAppPath = (): string => process.cwd()
  getLocale = (): string => process.env[STAND_IN.locale] ?? 'en-US'
  getPath(name: string): string {
    const path = paths[name]
    if (path === undefined) throw new Error(`stand-in: app.getPath('${name}') is not modelled, or was not set`)
    return path
  }
  setPath(name: string, path: string): void {
    paths[name] = path
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
    record('app.enableSandbox')
  }
  disableHardwareAcceleration = (): void => record('app.disableHardwareAcceleration')
  setAppUserModelId = (id: string): void => record('app.setAppUserModelId', id)
  setAsDefaultProtocolClient(...given: readonly unknown[]): boolean {
    record('app.setAsDefaultProtocolClient', ...given)
    return true
  }
  setBadgeCount(count: number): boolean {
    this.#badge = count
    record('app.setBadgeCount', count)
    return true
  }
  getBadgeCount = (): number => this.#badge
  relaunch = (options?: object): void => record('app.relaunch', options)
  focus = (): void => record('app.focus')
  setAboutPanelOptions = (options: object): void => record('app.setAboutPanelOptions', options)

  requestSingleInstanceLock(data?: unknown): boolean {
    const lock = requestLock(this.getPath('userData'), data, (second) => {
      // Electron tells of it once the app is ready.
      if (this.#isReady) this.#second(second)
      else this.#early.push(second)
    })
    if (!lock.isOurs) this.#handedOver = lock.handedOver
    return lock.isOurs
  }

  quit(): void {
    if (this.#isQuitting) return
    this.#isQuitting = true
    const before = preventable({})
    this.emit('before-quit', before)
    if (!before.defaultPrevented) for (const window of BrowserWindow.getAllWindows()) window.close()
    const will = preventable({})
    if (!before.defaultPrevented && BrowserWindow.getAllWindows().length === 0) this.emit('will-quit', will)
    else will.preventDefault()
    if (will.defaultPrevented) this.#isQuitting = false
    else this.exit(0)
  }

  exit(code = 0): void {
    if (this.#isExiting) return
    this.#isExiting = true
    this.emit('quit', {}, code)
    // What is handed to the first instance arrives before this one is gone.
    void this.#handedOver.finally(() => process.exit(code))
  }

  allClosed(): void {
    if (this.#isQuitting || this.#isExiting) return
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit()
  }

  #second({ argv, folder, data }: SecondInstance): void {
    this.emit('second-instance', {}, argv, folder, data)
  }
}

const own = new App()
export const app = strict('app', own)

listenToWindows({
  made(window) {
    own.emit('web-contents-created', {}, window.webContents)
    own.emit('browser-window-created', {}, window)
  },
  allClosed: () => own.allClosed(),
})
