import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { WINDOW_MIN } from './window-place.ts'

/** As --paper in renderer/styles/tokens.css: the window has this colour before its page is there. */
export const PAPER = { light: '#ffffff', dark: '#1a2120' } as const

/** What the window is made with. Its page gets no more of the system than a page of the web, and what the preload hands it. */
export function windowOptions({
  title,
  preload,
  icon,
  bounds,
  isDark,
  isPackaged,
}: {
  readonly title: string
  readonly preload: string
  /** A PNG; absent where the system takes it from the program. */
  readonly icon?: string
  readonly bounds: Rectangle
  readonly isDark: boolean
  readonly isPackaged: boolean
}): BrowserWindowConstructorOptions {
  return {
    title,
    ...bounds,
    minWidth: WINDOW_MIN.width,
    minHeight: WINDOW_MIN.height,
    // Shown when it has something to show.
    show: false,
    // As the page will be, so that nothing flashes before it is there.
    backgroundColor: isDark ? PAPER.dark : PAPER.light,
    // Alt shows the menu; macOS has it at the upper edge of the screen.
    autoHideMenuBar: true,
    ...(icon === undefined ? {} : { icon }),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Ours has its own: a page gone wrong could hold the window with one alert after another.
      disableDialogs: true,
      // Dictionaries would be fetched from somebody else.
      spellcheck: false,
      devTools: !isPackaged,
    },
  }
}
