import { app, type BrowserWindow, dialog } from 'electron'
import type { Log } from '../../app/log.ts'
import type { DialogWords } from '../words/dialog-words.ts'
import { createReloads } from './reloads.ts'

export interface RecoveryOptions {
  readonly window: BrowserWindow
  readonly words: () => DialogWords
  readonly quit: () => void
  readonly log: Log
}

const FIRST = 0
const SECOND = 1

/** Helps a page up that crashed or hangs. The messenger runs beside it and notices nothing. */
export function recoverPage({ window, words, quit, log }: RecoveryOptions): void {
  const contents = window.webContents
  const reloads = createReloads()
  let isAsking = false
  // Gone with the window, when the question has answered itself.
  let question = new AbortController()

  const ask = async (text: { message: string; detail: string }, buttons: string[]): Promise<number | undefined> => {
    if (isAsking || window.isDestroyed()) return undefined
    isAsking = true
    question = new AbortController()
    try {
      const asked = { type: 'warning' as const, ...text, buttons, defaultId: FIRST, cancelId: FIRST, noLink: true }
      const { response } = await dialog.showMessageBox(window, { ...asked, signal: question.signal })
      return question.signal.aborted || window.isDestroyed() ? undefined : response
    } finally {
      isAsking = false
    }
  }
  const failed = (error: unknown) => log('question about the window failed by a bug', { error })

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log('page process was gone', { reason, exitCode })
    question.abort()
    if (reason === 'clean-exit' || window.isDestroyed()) return
    if (reloads.mayReload()) return contents.reload()
    const { message, detail, reload, quit: leave } = words().crashed
    ask({ message, detail }, [reload, leave]).then((answer) => {
      if (answer === FIRST) contents.reload()
      if (answer === SECOND) quit()
    }, failed)
  })
  window.on('unresponsive', () => {
    log('page stopped answering')
    const { message, detail, wait, reload } = words().stuck
    ask({ message, detail }, [wait, reload]).then((answer) => {
      // A page that hangs does not hear a reload; it is reloaded once its process is gone.
      if (answer === SECOND) contents.forcefullyCrashRenderer()
    }, failed)
  })
  window.on('responsive', () => question.abort())
  window.on('closed', () => question.abort())
}

/** Notes helpers of Chromium that ended (graphics, network); it starts new ones by itself. */
export function noteLostHelpers(log: Log): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log('helper process was gone', { type, reason, exitCode })
  })
}
