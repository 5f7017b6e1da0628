import type { BrowserWindow } from 'electron'
import type { Settings } from '../../../shared/domain/settings.ts'
import type { OwnViews } from '../own-views.ts'
import { PAPER } from './window.ts'

/** What is used of Electron's nativeTheme. */
export interface NativeTheme {
  themeSource: Settings['theme']
  readonly shouldUseDarkColors: boolean
  on(event: 'updated', listener: () => void): unknown
  off(event: 'updated', listener: () => void): unknown
}

/** Menus, scroll bars and the page follow the chosen theme. Returns what ends it. */
export function startTheme({
  views,
  nativeTheme,
  mainWindow,
}: {
  readonly views: OwnViews
  readonly nativeTheme: NativeTheme
  readonly mainWindow: {
    browserWindow(): Pick<BrowserWindow, 'setBackgroundColor' | 'isDestroyed'> | undefined
  }
}): () => void {
  const follow = () => {
    const { theme } = views.settings()
    if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme
  }
  // Seen before the page has drawn, and beyond its edge while the window grows.
  const paint = () => {
    const window = mainWindow.browserWindow()
    if (window !== undefined && !window.isDestroyed())
      window.setBackgroundColor(nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light)
  }
  follow()
  nativeTheme.on('updated', paint)
  const stop = views.onChange('settings', follow)
  return () => {
    stop()
    nativeTheme.off('updated', paint)
  }
}
