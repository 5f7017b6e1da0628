import type { BrowserWindow } from 'electron'
import type { Settings } from '../../../shared/domain/settings.ts'
import type { OwnViews } from '../own-views.ts'
import type { ShellMemory } from './shell-memory.ts'
import { PAPER } from './window.ts'

/** What is used of Electron's nativeTheme. */
export interface NativeTheme {
  themeSource: Settings['theme']
  readonly shouldUseDarkColors: boolean
  on(event: 'updated', listener: () => void): unknown
  off(event: 'updated', listener: () => void): unknown
}

/** Menus, scroll bars and the page follow the chosen theme, before the profile is open the last one. Returns what ends it. */
export function startTheme({
  views,
  nativeTheme,
  mainWindow,
  memory,
}: {
  readonly views: OwnViews
  readonly nativeTheme: NativeTheme
  readonly mainWindow: {
    browserWindow(): Pick<BrowserWindow, 'setBackgroundColor' | 'isDestroyed'> | undefined
  }
  readonly memory: ShellMemory
}): () => void {
  const follow = () => {
    const chosen = views.row('settings')?.theme
    const known = memory.now().theme ?? 'system'
    if (chosen !== undefined && chosen !== known) memory.change({ theme: chosen })
    const theme = chosen ?? known
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
