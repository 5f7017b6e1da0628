import type { BrowserWindow } from 'electron'
import type { Shell } from '../../../shared/contract/views.ts'
import type { OwnViews } from '../own-views.ts'
import type { MainWindow } from '../window/main-window.ts'
import type { NativeWords } from '../words/words.ts'
import { newMessages, newRequests, unreadOf } from './news.ts'

interface Options<Image> {
  readonly views: OwnViews
  readonly words: () => NativeWords
  readonly mainWindow: Pick<MainWindow, 'isLookedAt' | 'onLook' | 'onMade'> & {
    browserWindow(): Pick<BrowserWindow, 'flashFrame' | 'isDestroyed'> | undefined
  }
  readonly platform: Shell['platform']
  /** The number on the icon in the dock or launcher. */
  readonly setBadgeCount: (count: number) => void
  /** Windows has no number: a mark over the icon in its task bar. */
  readonly setOverlay: (image: Image | null, description: string) => void
  readonly overlay: Image | null
}

/** How many unread messages the app's icon shows, and whether it asks for attention. Returns what ends it. */
export function startBadge<Image>(options: Options<Image>): () => void {
  const { views, words, mainWindow, platform } = options
  let shown = 0
  let isFlashing = false

  const mark = (unread: number) => {
    options.setBadgeCount(unread)
    if (platform === 'windows')
      options.setOverlay(unread > 0 ? options.overlay : null, unread > 0 ? words().unread(unread) : '')
  }
  const count = () => {
    const unread = unreadOf(views.rows('conversations'))
    if (unread === shown) return
    shown = unread
    mark(unread)
  }
  const flash = (isWanted: boolean) => {
    if (isFlashing === isWanted) return
    isFlashing = isWanted
    const window = mainWindow.browserWindow()
    if (window !== undefined && !window.isDestroyed()) window.flashFrame(isWanted)
  }
  const askForAttention = () => {
    // In the dock of macOS the icon would jump, which is more than one message is worth.
    if (platform !== 'macos' && views.settings().notify && !mainWindow.isLookedAt()) flash(true)
  }

  const stops = [
    views.onChange('conversations', (change) => {
      count()
      if (newMessages(change).length > 0) askForAttention()
    }),
    views.onChange('people', (change) => {
      if (newRequests(change).length > 0) askForAttention()
    }),
    mainWindow.onLook(() => {
      if (mainWindow.isLookedAt()) flash(false)
    }),
    // A window made anew has neither mark nor flash.
    mainWindow.onMade(() => {
      isFlashing = false
      if (shown > 0) mark(shown)
    }),
  ]
  return () => {
    for (const stop of stops) stop()
    flash(false)
    if (shown > 0) mark(0)
  }
}
