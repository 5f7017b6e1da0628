import { err, ok, type Result } from '../../../shared/result.ts'
import type { App } from '../../app/app.ts'
import { createBudget } from '../../app/budget.ts'
import type { Log } from '../../app/log.ts'
import { type Clock, systemClock } from '../clock.ts'
import type { Say } from '../news/say.ts'
import type { MainWindow } from '../window/main-window.ts'
import type { NativeWords } from '../words/words.ts'

/** A signed invite has at most 512 bytes, which make a link of 700 characters. */
export const DEEP_LINK_MAX_CHARACTERS = 2048

/** The form of a link; what is in it is read by messaging/people/links, and believed when its signature fits. */
const FORM = /^sightline:\/\/add\/[\w-]+\/?$/i

/** A link as another program gave it, or why it is none. Nothing is dialled and nothing is decoded here. */
export function readDeepLink(given: string): Result<string, 'too-long' | 'not-a-link'> {
  if (given.length > DEEP_LINK_MAX_CHARACTERS) return err('too-long')
  return FORM.test(given) ? ok(given) : err('not-a-link')
}

/** What is used of Electron's app. */
export interface LinkEvents {
  on(event: 'open-url', listener: (event: { preventDefault(): void }, url: string) => void): unknown
  off(event: 'open-url', listener: (event: { preventDefault(): void }, url: string) => void): unknown
}

/** Links that macOS hands over, which it may do before the app is ready. */
export interface OpenedLinks {
  /** Hears of those that waited, and of all that come. */
  listen(listener: (link: string) => void): void
  stop(): void
}

/** More at once is no finger on a link. */
const WAITING_MAX = 4

/** To be called first of all, before anything is waited for. */
export function collectOpenedLinks(electronApp: LinkEvents): OpenedLinks {
  let waiting: string[] = []
  let tell: ((link: string) => void) | undefined
  const opened = (event: { preventDefault(): void }, url: string) => {
    event.preventDefault()
    if (tell !== undefined) tell(url)
    // Cut, so that waiting costs nothing; one character over the limit it is still refused as too long.
    else if (waiting.length < WAITING_MAX) waiting.push(url.slice(0, DEEP_LINK_MAX_CHARACTERS + 1))
  }
  electronApp.on('open-url', opened)
  return {
    listen(listener) {
      tell = listener
      for (const link of waiting) listener(link)
      waiting = []
    },
    stop: () => void electronApp.off('open-url', opened),
  }
}

export interface DeepLinks {
  /** A link from a command line, this program's or that of a second start. Answers whether it was taken. */
  open(given: string): boolean
  stop(): void
}

interface Options {
  readonly opened: OpenedLinks
  readonly app: Pick<App, 'arrive'>
  readonly mainWindow: Pick<MainWindow, 'show'>
  readonly words: () => NativeWords
  readonly say: Say
  readonly log: Log
  /** Makes this program the one that links lead to; absent where it must not, as in development. */
  readonly register?: (() => boolean) | undefined
  readonly clock?: Pick<Clock, 'now'>
}

/** Takes `sightline://` links to the window, which shows whom they lead to and asks. */
export function startDeepLinks(options: Options): DeepLinks {
  const { opened, app, mainWindow, words, say, log, register, clock = systemClock } = options
  // A page can open links as fast as it likes: neither the window nor a sentence may jump up each time.
  const taken = createBudget({ burst: 4, perSecond: 0.5, nowMs: clock.now })
  const refused = createBudget({ burst: 1, perSecond: 0.1, nowMs: clock.now })
  if (register !== undefined && !register()) log('links could not be registered')

  const open = (given: string): boolean => {
    const link = readDeepLink(given)
    if (!link.ok) {
      if (!refused.take()) return false
      log('link refused', { why: link.failure, characters: given.length })
      say(link.failure === 'too-long' ? words().linkTooLong : words().notALink)
      return false
    }
    if (!taken.take()) return false
    app.arrive({ kind: 'link', link: link.value })
    mainWindow.show()
    return true
  }
  opened.listen(open)
  return { open, stop: opened.stop }
}
