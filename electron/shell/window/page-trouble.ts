import type { DialogWords } from '../words/dialog-words.ts'

/** What happens to a page, and what is done about it. */
export interface PageTrouble {
  /** Its process is gone. */
  gone(): void
  /** Something could not be loaded; when that is the page itself, the window is as empty as after a crash. */
  loadFailed(what: { readonly errorCode: number; readonly isMainFrame: boolean }): void
  /** It answers no press. */
  stuck(): void
  /** It answers again. */
  answers(): void
  /** Its window is closed: nothing is asked any more. */
  closed(): void
}

export interface PageTroubleOptions {
  /** Answers which button was pressed; `signal` takes the question away. */
  readonly ask: (
    text: { readonly message: string; readonly detail: string },
    buttons: readonly string[],
    signal: AbortSignal,
  ) => Promise<number>
  readonly mayReload: () => boolean
  readonly reload: () => void
  /** A page that hangs does not hear a reload; it is reloaded once its process is gone. */
  readonly endProcess: () => void
  readonly quit: () => void
  readonly words: () => DialogWords
  readonly failed: (error: unknown) => void
}

/** ERR_ABORTED of Chromium: somebody went elsewhere meanwhile, or loaded again. */
const ABORTED = -3

const FIRST = 0
const SECOND = 1

/** Helps a page up again, and asks where that keeps failing. There is one question at a time, and the newest state asks it. */
export function createPageTrouble(options: PageTroubleOptions): PageTrouble {
  const { ask, mayReload, reload, endProcess, quit, words, failed } = options
  let question: { readonly about: 'gone' | 'stuck'; readonly gone: AbortController } | undefined
  let isClosed = false

  const withdraw = () => {
    question?.gone.abort()
    question = undefined
  }
  const put = (
    about: 'gone' | 'stuck',
    text: { readonly message: string; readonly detail: string },
    buttons: readonly string[],
    act: (pressed: number) => void,
  ) => {
    const mine = { about, gone: new AbortController() }
    question = mine
    ask(text, buttons, mine.gone.signal).then((pressed) => {
      // Taken away meanwhile: what was pressed, if anything, was about something else.
      if (question !== mine) return
      question = undefined
      act(pressed)
    }, failed)
  }

  const gone = () => {
    withdraw()
    if (isClosed) return
    if (mayReload()) return reload()
    const { message, detail, reload: again, quit: leave } = words().crashed
    put('gone', { message, detail }, [again, leave], (pressed) => {
      if (pressed === FIRST) reload()
      if (pressed === SECOND) quit()
    })
  }

  return {
    gone,
    loadFailed({ errorCode, isMainFrame }) {
      if (isMainFrame && errorCode !== ABORTED) gone()
    },
    stuck() {
      if (isClosed || question !== undefined) return
      const { message, detail, wait, reload: again } = words().stuck
      put('stuck', { message, detail }, [wait, again], (pressed) => {
        if (pressed === SECOND) endProcess()
      })
    },
    answers() {
      // The last words of a process that ended must not take away the question what to do now.
      if (question?.about === 'stuck') withdraw()
    },
    closed() {
      isClosed = true
      withdraw()
    },
  }
}
