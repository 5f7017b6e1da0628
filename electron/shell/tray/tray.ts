import type { Session, Shell } from '../../../shared/contract/views.ts'
import type { LineKind } from '../../../shared/domain/line.ts'
import type { App } from '../../app/app.ts'
import type { Log } from '../../app/log.ts'
import { type Clock, systemClock } from '../clock.ts'
import { unreadOf } from '../news/news.ts'
import type { Say } from '../news/say.ts'
import type { OwnViews } from '../own-views.ts'
import type { MainWindow } from '../window/main-window.ts'
import type { ShellMemory } from '../window/shell-memory.ts'
import type { NativeWords } from '../words/words.ts'
import type { TrayPresence } from './tray-presence.ts'

/** The drawings of my own line that a tray has room for. */
export type TrayDrawing = 'direct' | 'relayed' | 'none'

/** What the tray shows. */
export interface TrayShows {
  readonly drawing: TrayDrawing
  readonly tooltip: string
  /** How newcomers reach me, or why nothing arrives. */
  readonly state: string
  /** There is something to lock, and something to unlock it with. */
  readonly canLock: boolean
}

/** An icon in the tray. */
export interface TrayIcon {
  show(shows: TrayShows): void
  destroy(): void
}

const DRAWINGS: Readonly<Record<LineKind, TrayDrawing>> = {
  direct: 'direct',
  lan: 'direct',
  relayed: 'relayed',
  upgrading: 'relayed',
  none: 'none',
  unknown: 'none',
}

/** What the tray shows of a state. Pure. */
export function trayShows({
  session,
  reach,
  unread,
  words,
}: {
  readonly session: Session | undefined
  readonly reach: LineKind | undefined
  readonly unread: number
  readonly words: NativeWords
}): TrayShows {
  const isOpen = session?.state === 'open'
  // A profile that is still to be made is not locked: there is nothing in it.
  const isLocked = session?.state === 'locked' && session.asks === 'passphrase'
  const state = isOpen ? words.reach[reach ?? 'unknown'] : isLocked ? words.locked : words.notOpen
  return {
    drawing: isOpen ? DRAWINGS[reach ?? 'unknown'] : 'none',
    tooltip: `${unread > 0 ? words.unread(unread) : 'Sightline'}\n${state}`,
    state,
    canLock: isOpen && session.opensWith === 'passphrase',
  }
}

/** Does closing the window leave the program running? */
export function keepsRunning({
  platform,
  session,
  closeToTray,
  hasTray,
}: {
  readonly platform: Shell['platform']
  readonly session: Session | undefined
  readonly closeToTray: boolean
  readonly hasTray: boolean
}): boolean {
  // There a program without a window is nothing unusual: it is in the dock.
  if (platform === 'macos') return true
  // A locked profile receives nothing: there is nothing to keep running for.
  const isUseful = session?.state === 'open' || session?.state === 'opening'
  return isUseful && closeToTray && hasTray
}

interface Options {
  readonly views: OwnViews
  readonly words: () => NativeWords
  readonly mainWindow: Pick<MainWindow, 'show' | 'onLook' | 'setClosePolicy'>
  readonly app: Pick<App, 'shellIs'>
  readonly platform: Shell['platform']
  readonly makeIcon: () => TrayIcon
  /** Asked on Linux, where nothing else tells. */
  readonly presence: () => Promise<TrayPresence>
  readonly memory: ShellMemory
  readonly say: Say
  readonly log: Log
  readonly clock?: Clock
}

/** An icon registers with the tray within a moment; a panel that starts after us takes longer. */
const ASK_AFTER_MS = [300, 1000, 3000, 10_000] as const
/** Whoever looks at the window again may have changed the panel meanwhile. */
const ASK_AGAIN_AFTER_MS = 10_000

/** An icon in the tray, and whether closing the window may leave nothing but it. Returns what ends it. */
export function startTray(options: Options): () => void {
  const { views, words, mainWindow, app, platform, presence, memory, say, log, clock = systemClock } = options
  const isLinux = platform === 'linux'
  let icon: TrayIcon | undefined
  let hasTray = false
  let hasStopped = false
  let askedAt = Number.NEGATIVE_INFINITY
  let cancelAsking: (() => void) | undefined
  let shown = ''

  const drawn = () => {
    const reach = views.row('self')?.reach.line.kind
    const unread = unreadOf(views.rows('conversations'))
    const shows = trayShows({ session: views.row('session'), reach, unread, words: words() })
    // A tray is redrawn by another program: only for a difference one can see.
    const text = JSON.stringify([shows, words().open])
    if (text === shown) return
    shown = text
    icon?.show(shows)
  }
  const make = () => {
    icon?.destroy()
    icon = undefined
    shown = ''
    try {
      icon = options.makeIcon()
      drawn()
    } catch (error) {
      log('tray could not be made', { error })
    }
  }
  const trayIs = (is: boolean) => {
    if (is === hasTray) return
    hasTray = is
    log('tray changed', { hasTray })
    app.shellIs({ hasTray })
  }

  const ask = async (): Promise<TrayPresence> => {
    askedAt = clock.now()
    const found = await presence()
    if (!hasStopped) trayIs(icon !== undefined && found === 'shown')
    return found
  }
  /** Asks until the icon is seen, a few times. */
  const askSoon = (attempt = 0) => {
    cancelAsking?.()
    const waitMs = ASK_AFTER_MS[attempt]
    if (waitMs === undefined) return
    cancelAsking = clock.after(waitMs, () => {
      cancelAsking = undefined
      void ask().then((found) => {
        if (!hasStopped && found !== 'shown') askSoon(attempt + 1)
      })
    })
  }
  const askAgain = () => {
    if (cancelAsking !== undefined || clock.now() - askedAt < ASK_AGAIN_AFTER_MS) return
    void ask().then((found) => {
      if (hasStopped || found !== 'absent') return
      // A tray that came after our icon does not know of it.
      make()
      askSoon()
    })
  }

  const hidden = () => {
    if (memory.now().toldOfTray !== true) {
      memory.change({ toldOfTray: true })
      say(words().staysInTray)
    }
    // The tray may be gone since it was last asked; then nobody must be left with an invisible program.
    if (isLinux)
      void ask().then((found) => {
        if (!hasStopped && found !== 'shown') mainWindow.show()
      })
  }
  mainWindow.setClosePolicy(() => {
    const session = views.row('session')
    const keeps = keepsRunning({ platform, session, closeToTray: views.settings().closeToTray, hasTray })
    if (keeps && platform !== 'macos') hidden()
    return keeps
  })

  app.shellIs({ hasTray })
  make()
  if (isLinux) askSoon()
  else trayIs(icon !== undefined)
  const stops = [
    views.onChange('session', drawn),
    views.onChange('self', drawn),
    views.onChange('conversations', drawn),
    views.onChange('settings', drawn),
    ...(isLinux ? [mainWindow.onLook(askAgain)] : []),
  ]
  return () => {
    hasStopped = true
    for (const stop of stops) stop()
    cancelAsking?.()
    mainWindow.setClosePolicy(() => false)
    icon?.destroy()
  }
}
