import { type IpcMainEvent, ipcMain, type WebContents } from 'electron'
import type { Caller, CallerLine } from '../../app/caller.ts'
import type { Log } from '../../app/log.ts'
import { logSeldom } from '../log-seldom.ts'
import { READ, TO_MESSENGER, TO_WINDOW } from './channels.ts'
import { createDocuments } from './documents.ts'
import { isOwnPage } from './page-address.ts'

export interface IpcOptions {
  /** Whose frames are taken; everybody else's are dropped. */
  readonly contents: WebContents
  readonly serve: (line: CallerLine) => Caller
  readonly log: Log
}

/** Carries the contract between one window and the messenger. Ends with the window, or by what is returned. */
export function serveWindow({ contents, serve, log }: IpcOptions): () => void {
  const stranger = logSeldom(log, 'frame of a stranger was dropped')
  const documents = createDocuments({
    serve,
    send(document, text) {
      if (!contents.isDestroyed()) contents.send(TO_WINDOW, document, text)
    },
    reload() {
      if (!contents.isDestroyed()) contents.reload()
    },
    log,
  })
  const isOurs = ({ sender, senderFrame }: IpcMainEvent): boolean =>
    sender === contents && senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url)

  const onFrame = (event: IpcMainEvent, document: unknown, text: unknown) => {
    if (isOurs(event)) documents.receive(document, text)
    else if (event.sender === contents) stranger()
  }
  const onRead = (event: IpcMainEvent, document: unknown, characters: unknown) => {
    if (isOurs(event)) documents.read(document, characters)
  }
  const stop = () => {
    ipcMain.off(TO_MESSENGER, onFrame)
    ipcMain.off(READ, onRead)
    documents.gone()
  }
  ipcMain.on(TO_MESSENGER, onFrame)
  ipcMain.on(READ, onRead)
  // After a reload the next document takes this one's place with its first frame. Electron's own events are no help
  // there: one comes too early, for navigations that never happen too, the other may come after that first frame.
  contents.on('render-process-gone', documents.gone)
  contents.once('destroyed', stop)
  return stop
}
