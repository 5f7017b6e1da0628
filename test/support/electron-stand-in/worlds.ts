import { type Clone, makeClone } from './clone.ts'
import type { FromPage, ToPage } from './messages.ts'
import { permissionsInPage } from './page-permissions.ts'

// Scripts for the page: one for its own world, and one, with the app's real preload, for a true isolated world of Chromium.
// The functions below travel as text, so each refers to nothing outside itself.

/** The name of the isolated world, and of the only function that leads from it to the stand-in. */
export const WORLD = 'stand-in preload'
export const TO_MAIN = '__standInToMain'
export const FROM_MAIN = '__standInFromMain'

/** For the page's own world; `secret` names the events by which both worlds of one window find each other. */
export const pageScript = (secret: string): string =>
  `(() => { (${permissionsInPage})((${bridge})('page', ${JSON.stringify(secret)})) })()`

/** For the isolated world: contextBridge, ipcRenderer, and then the preload in a function, as Electron's sandbox runs it. */
export const preloadScript = (secret: string, preload: string, info: object): string =>
  `if (window === window.top) { (${isolated})(
    (${bridge})('preload', ${JSON.stringify(secret)}),
    (${makeClone})(),
    ${JSON.stringify({ toMain: TO_MAIN, fromMain: FROM_MAIN })},
    function (require, process, global) { const module = { exports: {} }, exports = module.exports;
${preload}
    },
    ${JSON.stringify(info)}) }`

/** How one world of a window reaches the other. */
export interface WorldBridge {
  expose(key: string, api: unknown): void
  offer(name: string, run: (...args: never[]) => unknown): void
  call(name: string, ...args: unknown[]): unknown
}

type Packed =
  | { readonly is: 'function' | 'promise'; readonly id: string }
  | { readonly is: 'error'; readonly message: string }
  | { readonly is: 'array'; readonly of: readonly Packed[] }
  | { readonly is: 'object'; readonly of: readonly (readonly [string, Packed])[] }
  | { readonly is: 'value'; readonly value: unknown }

/** contextBridge: functions and promises are proxied, all else is copied; synchronous like Electron's. */
function bridge(side: 'page' | 'preload', secret: string): WorldBridge {
  interface Message {
    readonly do: string
    readonly id?: string
    readonly key?: string
    readonly args?: readonly Packed[]
    readonly ok?: Packed
    readonly error?: Packed
  }
  const other = side === 'page' ? 'preload' : 'page'
  const functions = new Map<string, (...args: unknown[]) => unknown>()
  const names = new WeakMap<object, string>()
  const promises = new Map<string, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>()
  const handlers: Record<string, (message: Message) => void> = {}
  let last = 0
  const newId = () => {
    last += 1
    return `${side}${last}`
  }
  // Blink clones the detail of an event from one world to the other.
  const post = (detail: Message) => document.dispatchEvent(new CustomEvent(secret + other, { detail }))
  document.addEventListener(secret + side, (event) => {
    event.stopImmediatePropagation()
    if (event instanceof CustomEvent) handlers[event.detail.do]?.(event.detail)
  })
  const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

  const pack = (value: unknown, depth = 0): Packed => {
    if (depth > 1000) throw new TypeError('Electron: objects nested deeper than 1000 cannot cross the bridge')
    if (typeof value === 'function') {
      const id = names.get(value) ?? newId()
      names.set(value, id)
      functions.set(id, value as (...args: unknown[]) => unknown)
      return { is: 'function', id }
    }
    if (typeof value === 'symbol') return { is: 'value', value: undefined }
    if (value === null || typeof value !== 'object') return { is: 'value', value }
    if (value instanceof Promise) {
      const id = newId()
      const settle = (message: Pick<Message, 'ok' | 'error'>) => post({ do: 'settle', id, ...message })
      value.then((one) => settle({ ok: pack(one) })).catch((error: unknown) => settle({ error: pack(asError(error)) }))
      return { is: 'promise', id }
    }
    if (value instanceof Error) return { is: 'error', message: value.message }
    if (Array.isArray(value)) return { is: 'array', of: value.map((one) => pack(one, depth + 1)) }
    if (Object.prototype.toString.call(value) === '[object Object]')
      return { is: 'object', of: Object.entries(value).map(([key, one]) => [key, pack(one, depth + 1)] as const) }
    return { is: 'value', value: structuredClone(value) }
  }
  const callOther = (id: string, args: readonly unknown[]): unknown => {
    const key = newId()
    let answer: Message | undefined
    handlers[`return ${key}`] = (message) => {
      answer = message
    }
    post({ do: 'call', id, key, args: args.map((one) => pack(one)) })
    delete handlers[`return ${key}`]
    if (answer?.error !== undefined) throw unpack(answer.error)
    if (answer?.ok === undefined) throw new Error('the other world did not answer')
    return unpack(answer.ok)
  }
  const unpack = (packed: Packed): unknown => {
    switch (packed.is) {
      case 'function':
        return (...args: unknown[]) => callOther(packed.id, args)
      case 'promise':
        return new Promise((resolve, reject) => promises.set(packed.id, { resolve, reject }))
      case 'error':
        return new Error(packed.message)
      case 'array':
        return packed.of.map(unpack)
      case 'object':
        return Object.fromEntries(packed.of.map(([key, one]) => [key, unpack(one)]))
      case 'value':
        return packed.value
    }
  }
  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null && !(value instanceof Promise)) {
      Object.values(value).forEach(freeze)
      Object.freeze(value)
    }
    return value
  }
  handlers['call'] = ({ id = '', key, args = [] }) => {
    let answer: Pick<Message, 'ok' | 'error'>
    try {
      answer = { ok: pack(functions.get(id)?.(...args.map(unpack))) }
    } catch (error) {
      answer = { error: pack(asError(error)) }
    }
    post({ do: `return ${key}`, ...answer })
  }
  handlers['settle'] = ({ id = '', ok, error }) => {
    const waiting = promises.get(id)
    promises.delete(id)
    if (error !== undefined) waiting?.reject(unpack(error))
    else if (ok !== undefined) waiting?.resolve(unpack(ok))
  }
  handlers['expose'] = ({ key = '', ok }) => {
    if (ok === undefined) return
    const value = freeze(unpack(ok))
    Object.defineProperty(globalThis, key, { value, enumerable: true, writable: false, configurable: false })
  }
  return {
    expose: (key, api) => void post({ do: 'expose', key, ok: pack(api) }),
    offer: (name, run) => void functions.set(name, run as (...args: unknown[]) => unknown),
    call: (name, ...args) => callOther(name, args),
  }
}

/** The preload's world: Electron's renderer side, as far as a sandboxed preload has it. */
function isolated(
  worlds: WorldBridge,
  clone: Clone,
  names: { readonly toMain: string; readonly fromMain: string },
  preload: (require: (name: string) => unknown, process: object, global: object) => void,
  info: { readonly versions: object; readonly platform: string; readonly arch: string },
): void {
  type Listener = (event: object, ...args: readonly unknown[]) => void
  const here = globalThis as unknown as Record<string, (text: string) => void>
  const listeners = new Map<string, Listener[]>()
  const waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: unknown) => void; name: string }
  >()
  let lastId = 0
  const send = (message: FromPage) => here[names.toMain]?.(clone.encode(message))
  const ask = (name: string, message: (id: number) => FromPage): Promise<unknown> => {
    lastId += 1
    const id = lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject, name })
      send(message(id))
    })
  }
  const receive = (message: ToPage) => {
    if (message.is === 'event') {
      for (const listener of listeners.get(message.channel) ?? [])
        listener({ sender: ipcRenderer, ports: [] }, ...message.args)
      return
    }
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error === undefined) asked?.resolve(message.result)
    else asked?.reject(new Error(`Error invoking remote method '${asked.name}': ${message.error}`))
  }
  // The main side encodes only what has this shape.
  here[names.fromMain] = (text) => receive(clone.decode(text) as ToPage)

  const off = (channel: string, listener: Listener) => {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((one) => one !== listener),
    )
    return ipcRenderer
  }
  const on = (channel: string, listener: Listener) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
    return ipcRenderer
  }
  const ipcRenderer = {
    // Cloned first, because that throws here and at once, as in Electron.
    send: (channel: string, ...args: unknown[]) => void send({ is: 'send', channel, args: structuredClone(args) }),
    invoke: async (channel: string, ...args: unknown[]) =>
      ask(channel, (id) => ({ is: 'invoke', id, channel, args: structuredClone(args) })),
    on,
    addListener: on,
    off,
    removeListener: off,
    once(channel: string, listener: Listener) {
      const first: Listener = (...given) => {
        off(channel, first)
        listener(...given)
      }
      return on(channel, first)
    },
  }
  const electron = {
    ipcRenderer,
    contextBridge: { exposeInMainWorld: (key: string, api: unknown) => worlds.expose(key, api) },
  }
  // So that a test can call every channel from where a preload would.
  Object.defineProperty(globalThis, 'standInIpcRenderer', { value: ipcRenderer })
  worlds.offer('permission', async (permission: string, details: Readonly<Record<string, unknown>>) =>
    ask(permission, (id) => ({ is: 'permission', id, permission, details })),
  )

  const inputs = {
    mousedown: 'mouseDown',
    mouseup: 'mouseUp',
    keydown: 'rawKeyDown',
    keyup: 'keyUp',
    touchstart: 'touchStart',
  }
  for (const [name, type] of Object.entries(inputs))
    window.addEventListener(name, (event) => event.isTrusted && send({ is: 'input', type }), {
      capture: true,
      passive: true,
    })
  window.addEventListener('contextmenu', (event) => {
    if (!event.isTrusted || event.defaultPrevented || !(event.target instanceof Element)) return
    const link = event.target.closest('a')
    const box = event.target.closest('input, textarea, [contenteditable]')
    const selectionText =
      box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement
        ? box.value.slice(box.selectionStart ?? 0, box.selectionEnd ?? 0)
        : String(getSelection() ?? '')
    const hasSelection = selectionText !== ''
    const isEditable = box !== null
    const editFlags = {
      canCut: isEditable && hasSelection,
      canCopy: hasSelection,
      canPaste: isEditable,
      canSelectAll: true,
      canUndo: isEditable,
      canRedo: isEditable,
      canDelete: isEditable && hasSelection,
      canEditRichly: false,
    }
    const { clientX: x, clientY: y } = event
    send({ is: 'context-menu', params: { x, y, linkURL: link?.href ?? '', selectionText, isEditable, editFlags } })
  })

  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron
    throw new Error(`module not found: ${name}`)
  }
  const process = {
    ...info,
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    env: {},
    argv: [],
  }
  try {
    preload(require, process, globalThis)
  } catch (error) {
    // As in Electron the page goes on without its preload.
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    send({ is: 'preload-error', message, stack })
  }
}
