import { app, type BrowserWindow, dialog } from 'electron'
import type { Log } from '../../app/log.ts'
import type { DialogWords } from '../words/dialog-words.ts'
import { createPageTrouble } from './page-trouble.ts'
import { createReloads } from './reloads.ts'

export interface RecoveryOptions {
  readonly window: BrowserWindow
  readonly words: () => DialogWords
  readonly quit: () => void
  readonly log: Log
}

/** Helps a page up that crashed, hangs, or could not be loaded. The messenger runs beside it and notices nothing. */
export function recoverPage({ window, words, quit, log }: RecoveryOptions): void {
  const contents = window.webContents
  const trouble = createPageTrouble({
    async ask(text, buttons, signal) {
      const asked = {
        type: 'warning' as const,
        ...text,
        buttons: [...buttons],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      }
      return (await dialog.showMessageBox(window, { ...asked, signal })).response
    },
    ...createReloads(),
    reload() {
      // Not from inside the news of a process that died: that has brought the whole program down (electron#51900).
      setImmediate(() => {
        if (!window.isDestroyed()) contents.reload()
      })
    },
    endProcess() {
      if (!window.isDestroyed()) contents.forcefullyCrashRenderer()
    },
    quit,
    words,
    failed: (error) => log('question about the window failed by a bug', { error }),
  })

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log('page process was gone', { reason, exitCode })
    if (reason !== 'clean-exit') trouble.gone()
  })
  contents.on('did-fail-load', (_event, errorCode, errorDescription, _url, isMainFrame) => {
    log('page could not be loaded', { errorCode, errorDescription, isMainFrame })
    trouble.loadFailed({ errorCode, isMainFrame })
  })
  window.on('unresponsive', () => {
    log('page stopped answering')
    trouble.stuck()
  })
  window.on('responsive', trouble.answers)
  window.on('closed', trouble.closed)
}

/** Notes helpers of Chromium that ended (graphics, network); it starts new ones by itself. */
export function noteLostHelpers(log: Log): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log('helper process was gone', { type, reason, exitCode })
  })
}
