import { EventEmitter } from 'node:events'
import { preventable, record, strict } from './record.ts'
import { type Preferences, WebContents } from './web-contents.ts'

interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Options extends Partial<Bounds> {
  readonly show?: boolean
  readonly title?: string
  readonly webPreferences?: Preferences
}

/** Who hears of windows: the app, which ends when the last one is gone. */
export interface WindowListeners {
  made(window: BrowserWindow): void
  allClosed(): void
}

const windows = new Set<BrowserWindow>()
let listeners: WindowListeners | undefined
let focused: BrowserWindow | undefined

export function listenToWindows(given: WindowListeners): void {
  listeners = given
}

/** A window: a tab of Chromium that nobody sees, and all that a program can know of a window on a screen. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents
  readonly id: number
  readonly #face: BrowserWindow
  #bounds: Bounds
  #isVisible = false
  #isMinimized = false
  #isMaximized = false
  #isDestroyed = false
  #title: string

  static getAllWindows = (): BrowserWindow[] => [...windows]
  static getFocusedWindow = (): BrowserWindow | null => focused ?? null
  static fromWebContents = (contents: WebContents): BrowserWindow | null =>
    [...windows].find((window) => window.webContents === contents) ?? null

  constructor(options: Options = {}) {
    super()
    const { x = 0, y = 0, width = 800, height = 600, title = '', show = true } = options
    this.#bounds = { x, y, width, height }
    this.#title = title
    record('BrowserWindow', options)
    this.webContents = new WebContents({ ...options.webPreferences })
    this.id = this.webContents.id
    this.webContents.on('-ready-to-show', () => this.emit('ready-to-show'))
    this.#face = strict('BrowserWindow#', this)
    windows.add(this.#face)
    listeners?.made(this.#face)
    if (show) this.show()
    // biome-ignore lint/correctness/noConstructorReturn: what the app holds is strict about what is not modelled.
    return this.#face
  }

  loadURL = (url: string): Promise<void> => this.webContents.loadURL(url)

  show(): void {
    const was = this.#isVisible
    this.#isVisible = true
    if (!was) this.emit('show')
    this.focus()
  }
  showInactive(): void {
    this.#isVisible = true
    this.emit('show')
  }
  hide(): void {
    if (!this.#isVisible) return
    this.#isVisible = false
    this.blur()
    this.emit('hide')
  }
  focus(): void {
    record('BrowserWindow.focus')
    if (this.isFocused()) return
    focused = this.#face
    this.emit('focus')
  }
  blur(): void {
    if (!this.isFocused()) return
    focused = undefined
    this.emit('blur')
  }
  minimize(): void {
    this.#isMinimized = true
    this.blur()
    this.emit('minimize')
  }
  restore(): void {
    if (!this.#isMinimized) return
    this.#isMinimized = false
    this.emit('restore')
  }
  maximize(): void {
    this.#isMaximized = true
    this.emit('maximize')
  }
  unmaximize(): void {
    this.#isMaximized = false
    this.emit('unmaximize')
  }
  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    this.emit('resize')
    this.emit('move')
  }

  isVisible = (): boolean => this.#isVisible
  isFocused = (): boolean => focused === this.#face
  isMinimized = (): boolean => this.#isMinimized
  isMaximized = (): boolean => this.#isMaximized
  isFullScreen = (): boolean => false
  isDestroyed = (): boolean => this.#isDestroyed
  getBounds = (): Bounds => ({ ...this.#bounds })
  getNormalBounds = (): Bounds => ({ ...this.#bounds })
  getTitle = (): string => this.#title
  setTitle(title: string): void {
    this.#title = title
  }
  setBackgroundColor = (color: string): void => record('BrowserWindow.setBackgroundColor', color)
  setAutoHideMenuBar = (isHidden: boolean): void => record('BrowserWindow.setAutoHideMenuBar', isHidden)
  setMenuBarVisibility = (isVisible: boolean): void => record('BrowserWindow.setMenuBarVisibility', isVisible)
  setOverlayIcon = (_image: unknown, description: string): void => record('BrowserWindow.setOverlayIcon', description)
  flashFrame = (isOn: boolean): void => record('BrowserWindow.flashFrame', isOn)

  close(): void {
    if (this.#isDestroyed) return
    const event = preventable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }
  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.blur()
    windows.delete(this.#face)
    this.webContents.destroy()
    this.emit('closed')
    if (windows.size === 0) listeners?.allClosed()
  }
}
