import { type BrowserWindow, dialog, type MessageBoxOptions, shell } from 'electron'
import type { Log } from '../../app/log.ts'
import type { DialogWords } from '../words/dialog-words.ts'
import { type JudgedLink, judgeLink } from './link-judge.ts'

/** A page that opens link after link gets no dialog after dialog. */
const BETWEEN_DIALOGS_MS = 1_000
const SHOWN_URL_CHARACTERS = 300
const OPEN = 0
const CANCEL = 1

/** Asks the person, naming the host, before a link leaves for the browser. One question at a time; others are dropped. */
export function createOutwardLinks({
  window,
  words,
  log,
  nowMs = () => performance.now(),
}: {
  readonly window: () => BrowserWindow | undefined
  readonly words: () => DialogWords
  readonly log: Log
  readonly nowMs?: () => number
}): (url: string) => void {
  let isAsking = false
  let askedAtMs = Number.NEGATIVE_INFINITY

  const ask = async (options: MessageBoxOptions): Promise<number> => {
    const parent = window()
    const { response } = await (parent === undefined
      ? dialog.showMessageBox(options)
      : dialog.showMessageBox(parent, options))
    return response
  }

  const handle = async (url: string): Promise<void> => {
    const judged = judgeLink(url)
    const { link } = words()
    if (!judged.ok) {
      log('outward link was refused', { reason: judged.failure })
      await ask({ type: 'info', message: link.refused, detail: link.refusals[judged.failure], buttons: [link.close] })
      return
    }
    if ((await ask(questionAbout(judged.value, words()))) !== OPEN) return
    await shell.openExternal(judged.value.url)
    log('outward link was opened')
  }

  return (url) => {
    if (isAsking || nowMs() - askedAtMs < BETWEEN_DIALOGS_MS) return
    isAsking = true
    void handle(url)
      // The error may name the address; only its kind is for the log.
      .catch((error: unknown) =>
        log('outward link failed', { reason: error instanceof Error ? error.name : 'unknown' }),
      )
      .finally(() => {
        isAsking = false
        askedAtMs = nowMs()
      })
  }
}

/** The question: the real host first, what is remarkable about it, and last the whole address. */
function questionAbout(judged: JudgedLink, { link }: DialogWords): MessageBoxOptions {
  const { url, host, unicodeHost, mixesScripts, leadsTo } = judged
  const detail = [
    ...(unicodeHost === undefined ? [] : [link.shownAs(unicodeHost), mixesScripts ? link.mixed : link.foreign]),
    link.leadsTo[leadsTo],
    url.length > SHOWN_URL_CHARACTERS ? `${url.slice(0, SHOWN_URL_CHARACTERS)}…` : url,
  ]
  return {
    type: unicodeHost === undefined ? 'question' : 'warning',
    message: link.question(host),
    detail: detail.join('\n\n'),
    buttons: [link.open, link.cancel],
    defaultId: CANCEL,
    cancelId: CANCEL,
    noLink: true,
  }
}
