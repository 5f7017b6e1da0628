// Runs in the window before its page, in a world of its own. All it hands over is the contract: three verbs and
// whether the messenger is there. Bundled to one file, because a sandboxed preload can require 'electron' only.
import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from '../shared/contract/bridge.ts'
import { failure } from '../shared/contract/failures.ts'
import { createFrameBridge } from '../shared/contract/frame-bridge.ts'
import { err } from '../shared/result.ts'
import { FRAME_MAX_BYTES, isFrameTooLong } from './program/frame-limits.ts'
import { READ, TO_MESSENGER, TO_WINDOW } from './shell/page/channels.ts'

/** Told in pieces: a word for each frame would double their number. What is left untold is far below the limit. */
const READ_STEP_CHARACTERS = 64 * 1024
const NAME_MAX_CHARACTERS = 64

class FrameTooLong extends Error {}

const documentName = crypto.randomUUID()
const bridge = createFrameBridge((text) => {
  // The messenger would drop it, and the page would wait for ever.
  if (isFrameTooLong(text)) throw new FrameTooLong()
  ipcRenderer.send(TO_MESSENGER, documentName, text)
})

let untold = 0
ipcRenderer.on(TO_WINDOW, (_event, document: unknown, text: unknown) => {
  if (document !== documentName || typeof text !== 'string') return
  untold += text.length
  if (untold >= READ_STEP_CHARACTERS) {
    ipcRenderer.send(READ, documentName, untold)
    untold = 0
  }
  bridge.receive(text)
})

const isName = (value: unknown): boolean => typeof value === 'string' && value.length <= NAME_MAX_CHARACTERS
const isFunction = (value: unknown): boolean => typeof value === 'function'
const nothing = (): void => undefined

const exposed: Bridge = {
  async ask(name, input) {
    if (!isName(name)) return err(failure('invalid-input'))
    try {
      return await bridge.ask(name, input)
    } catch (error) {
      if (error instanceof FrameTooLong) return err(failure('too-long', { limit: FRAME_MAX_BYTES, unit: 'bytes' }))
      throw error
    }
  },
  watch: (name, onPush) => (isName(name) && isFunction(onPush) ? bridge.watch(name, onPush) : nothing),
  hear: (conversation, onChange) =>
    isName(conversation) && isFunction(onChange) ? bridge.hear(conversation, onChange) : nothing,
  onConnection: (listener) => (isFunction(listener) ? bridge.onConnection(listener) : nothing),
}
contextBridge.exposeInMainWorld('sightline', exposed)
