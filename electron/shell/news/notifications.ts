import type { Shell } from '../../../shared/contract/views.ts'
import type { App } from '../../app/app.ts'
import type { NewArrival } from '../../app/arrivals.ts'
import { type Clock, systemClock } from '../clock.ts'
import type { OwnViews } from '../own-views.ts'
import type { MainWindow } from '../window/main-window.ts'
import type { NativeWords } from '../words/words.ts'
import { newMessages, newRequests } from './news.ts'
import { noticeOf, type Told } from './notice.ts'

/** What is used of Electron's Notification. */
export interface NativeNotification {
  on(event: 'click', listener: () => void): unknown
  on(event: 'close', listener: (details: { readonly reason?: string }) => void): unknown
  show(): void
  close(): void
}
export interface NativeNotifications {
  new (options: { title: string; body: string }): NativeNotification
  isSupported(): boolean
}

/** More of them cover the screen and say no more. */
export const NOTIFICATIONS_MAX = 5
/** One conversation pops up at most this often; what comes between is counted and told with the next. */
export const AGAIN_AFTER_MS = 3000

// Many strangers asking at once are one piece of news.
const REQUESTS = 'requests'

interface Options {
  readonly views: OwnViews
  readonly words: () => NativeWords
  readonly mainWindow: Pick<MainWindow, 'show' | 'isLookedAt' | 'onLook'>
  readonly app: Pick<App, 'arrive' | 'shellIs'>
  readonly Notification: NativeNotifications
  readonly platform: Shell['platform']
  readonly clock?: Clock
}

interface Entry {
  told: Told
  readonly leadsTo: NewArrival
  shown?: NativeNotification | undefined
  shownAt: number
  cancelNext?: (() => void) | undefined
}

/** Tells of new messages and requests while the window is out of sight. Returns what ends it. */
export function startNotifications(options: Options): () => void {
  const { views, words, mainWindow, app, Notification, platform, clock = systemClock } = options
  const isSupported = Notification.isSupported()
  app.shellIs({ canNotify: isSupported })
  if (!isSupported) return () => undefined
  /** By conversation id, and one for all requests; the oldest first. */
  const entries = new Map<string, Entry>()

  const close = (key: string) => {
    const entry = entries.get(key)
    entries.delete(key)
    entry?.cancelNext?.()
    const shown = entry?.shown
    // Forgotten first: closing one tells us that it was closed.
    if (entry !== undefined) entry.shown = undefined
    shown?.close()
  }
  const closeAll = () => {
    for (const key of [...entries.keys()]) close(key)
  }

  const show = (key: string, entry: Entry) => {
    entry.cancelNext = undefined
    const replaced = entry.shown
    entry.shown = undefined
    replaced?.close()
    const showsText = views.settings().notifyText
    const notification = new Notification(noticeOf(entry.told, { words: words(), showsText, platform }))
    entry.shown = notification
    entry.shownAt = clock.now()
    notification.on('click', () => {
      close(key)
      app.arrive(entry.leadsTo)
      mainWindow.show()
    })
    notification.on('close', ({ reason }) => {
      // One whose time is up still lies in the system's list, and goes from there when it has been read.
      if (entry.shown !== notification || reason === 'timedOut') return
      entry.shown = undefined
      if (entry.cancelNext === undefined) entries.delete(key)
    })
    notification.show()
  }

  const tell = (key: string, news: Told, leadsTo: NewArrival) => {
    const known = entries.get(key)
    const entry: Entry = known ?? { told: { ...news, count: 0 }, leadsTo, shownAt: Number.NEGATIVE_INFINITY }
    entry.told = { ...news, count: entry.told.count + news.count }
    if (entry.cancelNext !== undefined) return
    if (known === undefined && entries.size >= NOTIFICATIONS_MAX) {
      const [oldest] = entries.keys()
      if (oldest !== undefined) close(oldest)
    }
    entries.delete(key)
    entries.set(key, entry)
    const waitMs = entry.shownAt + AGAIN_AFTER_MS - clock.now()
    if (waitMs <= 0) show(key, entry)
    else entry.cancelNext = clock.after(waitMs, () => show(key, entry))
  }

  const mayTell = () => views.row('session')?.state === 'open' && views.settings().notify && !mainWindow.isLookedAt()
  const person = (id: string) => views.rows('people').get(id)
  const nameOf = (id: string) => person(id)?.givenName ?? person(id)?.name

  const stops = [
    views.onChange('conversations', (change) => {
      // Read, perhaps with the keyboard on another screen of this window; or gone with the locked profile.
      for (const key of [...entries.keys()])
        if (key !== REQUESTS && (change.now.get(key)?.unread ?? 0) === 0) close(key)
      if (!mayTell()) return
      for (const { conversation, contact, count, text } of newMessages(change)) {
        const state = person(contact)?.state
        if (state === 'blocked' || state === 'ignored') continue
        const told: Told = { about: 'messages', count, name: nameOf(contact), text }
        tell(conversation, told, { kind: 'conversation', conversation })
      }
    }),
    views.onChange('people', (change) => {
      if (![...change.now.values()].some(({ state }) => state === 'asks-me')) close(REQUESTS)
      if (!mayTell()) return
      for (const { id } of newRequests(change))
        tell(REQUESTS, { about: 'requests', count: 1, name: nameOf(id) }, { kind: 'page', page: 'people' })
    }),
    views.onChange('settings', ({ before, now }) => {
      // What is on the screen obeys the new choice at once.
      const was = before.get('')
      const is = now.get('')
      if (was?.notify !== is?.notify || was?.notifyText !== is?.notifyText) closeAll()
    }),
    views.onChange('session', ({ now }) => {
      if (now.get('')?.state !== 'open') closeAll()
    }),
    mainWindow.onLook(() => {
      if (mainWindow.isLookedAt()) closeAll()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
    closeAll()
  }
}
