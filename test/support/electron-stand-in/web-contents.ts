import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fromChromium, toChromium } from './address.ts'
import { chromium } from './chromium.ts'
import { makeClone } from './clone.ts'
import type { Params } from './devtools.ts'
import { ipcMain } from './ipc-main.ts'
import type { FromPage, ToPage } from './messages.ts'
import { popups } from './popups.ts'
import { preventable, record, strict } from './record.ts'
import { answerRequest } from './requests.ts'
import { defaultSession, downloadBegins, isPermitted } from './session.ts'
import { openTab, type Tab } from './tab.ts'
import { pageScript, preloadScript } from './worlds.ts'

const clone = makeClone()
let lastId = 0

/** Preferences of a window that the stand-in does not model, because the app must not want them. */
const FAULTS: readonly (readonly [name: string, isFault: (value: unknown) => boolean])[] = [
  ['sandbox', (value) => value === false],
  ['contextIsolation', (value) => value === false],
  ['nodeIntegration', (value) => value === true],
  ['nodeIntegrationInWorker', (value) => value === true],
  ['nodeIntegrationInSubFrames', (value) => value === true],
  ['webSecurity', (value) => value === false],
  ['allowRunningInsecureContent', (value) => value === true],
  ['webviewTag', (value) => value === true],
  ['experimentalFeatures', (value) => value === true],
]

/** How much the pages of this program have sent so far. */
export const received = { messages: 0 }

export type Preferences = Readonly<Record<string, unknown>>

/** The contents of a window: one tab of Chromium, with the app's preload in an isolated world. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId
  readonly session = defaultSession
  /** The tab; another one after a crash. */
  targetId: string | undefined
  readonly #preferences: Preferences
  /** What the app holds, and compares with the sender of a message. */
  readonly #face: WebContents
  #tab: Promise<Tab>
  #live: Tab | undefined
  #url = ''
  #isDestroyed = false
  #hasCrashed = false
  /** The address this program itself is loading: no wish of the page. */
  #loading: string | undefined
  #windowOpen: ((details: object) => { readonly action: string }) | undefined

  constructor(preferences: Preferences) {
    super()
    this.#preferences = preferences
    record('webPreferences', preferences)
    for (const [name, isFault] of FAULTS)
      if (isFault(preferences[name]))
        throw new Error(`stand-in: a window with ${name}: ${String(preferences[name])} is not modelled`)
    this.#tab = this.#open()
    // Heard by whoever loads something; without anybody the window is gone.
    this.#tab.catch(() => undefined)
    this.#face = strict('webContents', this)
    // biome-ignore lint/correctness/noConstructorReturn: what the app holds is strict about what is not modelled.
    return this.#face
  }

  async loadURL(url: string): Promise<void> {
    const tab = await this.#tab
    this.#loading = url
    const loaded = once(this, 'did-finish-load')
    const { errorText } = await tab.send('Page.navigate', { url: toChromium(url) })
    if (errorText) {
      loaded.catch(() => undefined)
      throw new Error(`${errorText} loading '${url}'`)
    }
    await loaded
  }

  reload(): void {
    this.#loading = this.#url
    if (!this.#hasCrashed) return void this.#live?.send('Page.reload').catch(() => undefined)
    // A tab that crashed stays what it was for everybody who watches it: the window gets a new one.
    const url = this.#url
    const crashed = this.#live
    this.#hasCrashed = false
    this.#tab = this.#open()
    this.#tab
      .then((tab) => {
        void crashed?.close()
        return tab.send('Page.navigate', { url: toChromium(url) })
      })
      .catch((error: unknown) => record('reload failed', String(error)))
  }

  send(channel: string, ...args: readonly unknown[]): void {
    this.#post({ is: 'event', channel, args })
  }

  getURL = (): string => this.#url
  isDestroyed = (): boolean => this.#isDestroyed
  isCrashed = (): boolean => this.#hasCrashed
  getLastWebPreferences = (): Preferences => this.#preferences
  focus = (): void => void this.emit('focus')
  setWindowOpenHandler(handler: (details: object) => { readonly action: string }): void {
    this.#windowOpen = handler
  }
  setWebRTCIPHandlingPolicy = (policy: string): void => record('webContents.setWebRTCIPHandlingPolicy', policy)
  forcefullyCrashRenderer = (): void => void this.#live?.send('Page.crash').catch(() => undefined)

  /** The window was closed. */
  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.emit('destroyed')
    void this.#tab.then((tab) => tab.close()).catch(() => undefined)
  }

  async #open(): Promise<Tab> {
    const tab = await openTab(await chromium)
    if (this.#isDestroyed) {
      await tab.close()
      throw new Error('the window was closed')
    }
    this.#live = tab
    this.targetId = tab.targetId
    tab.on('Page.domContentEventFired', () => {
      this.emit('dom-ready', {})
      this.emit('-ready-to-show')
    })
    tab.on('Page.loadEventFired', () => this.emit('did-finish-load', {}))
    tab.on('Page.frameNavigated', ({ frame }) => {
      if (frame['parentId'] !== undefined) return
      this.#url = fromChromium(frame['url'])
      this.#loading = undefined
      this.emit('did-navigate', {}, this.#url, 200, 'OK')
    })
    tab.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === tab.targetId) this.#url = fromChromium(url)
    })
    tab.on('Inspector.targetCrashed', () => {
      if (this.#live !== tab) return
      this.#hasCrashed = true
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    })
    tab.on('Runtime.exceptionThrown', ({ exceptionDetails: { exception, text } }) =>
      record('page failed', exception?.['description'] ?? text),
    )
    tab.on('Fetch.requestPaused', (paused) => void this.#request(tab, paused))
    tab.on('Page.windowOpen', ({ url, windowName: frameName }) =>
      popups.decided(this.#mayOpen({ url: fromChromium(url), frameName, features: '', disposition: 'foreground-tab' })),
    )
    tab.onDownload((url) => {
      if (downloadBegins(fromChromium(url), this.#face)) record('download allowed', fromChromium(url))
    })
    tab.onMessage((text) => {
      received.messages += 1
      // The preload's side sends nothing else (worlds.ts); what it carries is the page's, and goes to the app as it is.
      void this.#receive(clone.decode(text) as FromPage)
    })
    await tab.begin(this.#scripts())
    return tab
  }

  #scripts(): { readonly page: string; readonly preload: string | undefined } {
    const secret = `stand-in ${randomUUID()} `
    const { preload } = this.#preferences
    const versions = { electron: process.versions['electron'], chrome: process.versions['chrome'] }
    const info = { versions, platform: process.platform, arch: process.arch }
    return {
      page: pageScript(secret),
      preload: typeof preload === 'string' ? preloadScript(secret, readFileSync(preload, 'utf8'), info) : undefined,
    }
  }

  #mayOpen(details: { readonly url: string; readonly [more: string]: unknown }): boolean {
    const { action } = this.#windowOpen?.({ ...details, referrer: { url: this.#url, policy: 'default' } }) ?? {
      action: 'allow',
    }
    if (action === 'allow') record('window opened', details.url)
    return action === 'allow'
  }

  /** A frame wants to go elsewhere; false = the app forbids it. */
  #mayNavigate(url: string, { isMainFrame, isRedirect }: { isMainFrame: boolean; isRedirect: boolean }): boolean {
    const names = isRedirect ? ['will-redirect'] : ['will-frame-navigate', ...(isMainFrame ? ['will-navigate'] : [])]
    for (const name of names) {
      const event = preventable({ url, isMainFrame, isSameDocument: false, frame: null, initiator: null })
      this.emit(name, event, url)
      if (event.defaultPrevented) {
        record('navigation prevented', url)
        return false
      }
    }
    if (isMainFrame) record('navigated', url)
    return true
  }

  async #request(tab: Tab, paused: Params): Promise<void> {
    const url = fromChromium(paused['request']['url'])
    const answer = ([method, params]: readonly [string, Params]) =>
      tab.send(method, { requestId: paused['requestId'], ...params }).catch(() => undefined)
    if (paused['resourceType'] === 'Document') {
      const isMainFrame = paused['frameId'] === tab.targetId
      const isRedirect = paused['redirectedRequestId'] !== undefined
      const isOwnWish = isMainFrame && !isRedirect && this.#loading === url
      if (!isOwnWish && !this.#mayNavigate(url, { isMainFrame, isRedirect }))
        return void answer(['Fetch.failRequest', { errorReason: 'Aborted' }])
    }
    await answer(await answerRequest(paused, this.id))
  }

  async #receive(message: FromPage): Promise<void> {
    switch (message.is) {
      case 'send':
        return void ipcMain.emit(message.channel, this.#event(), ...message.args)
      case 'invoke':
        return this.#invoke(message)
      case 'input':
        return void this.emit('input-event', {}, { type: message.type })
      case 'context-menu': {
        const linkURL = fromChromium(String(message.params['linkURL'] ?? ''))
        return void this.emit('context-menu', {}, { ...message.params, linkURL })
      }
      case 'preload-error': {
        const error = Object.assign(new Error(message.message), { stack: message.stack })
        record('preload failed', message.message)
        return void this.emit('preload-error', {}, this.#preferences['preload'], error)
      }
      case 'permission': {
        const details = { requestingUrl: this.#url, isMainFrame: true, securityOrigin: this.#url, ...message.details }
        const result = await isPermitted(this.#face, message.permission, details)
        return this.#post({ is: 'reply', id: message.id, result })
      }
    }
  }

  async #invoke({ id, channel, args }: Extract<FromPage, { is: 'invoke' }>): Promise<void> {
    try {
      const handler = ipcMain.handlers.get(channel)
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
      this.#post({ is: 'reply', id, result: await handler(this.#event(), ...args) })
    } catch (error) {
      this.#post({ is: 'reply', id, error: String(error) })
    }
  }

  #event(): object {
    const url = this.#url
    const origin = /^[a-z]+:\/\/[^/]*/.exec(url)?.[0] ?? ''
    const senderFrame = { url, origin, parent: null, top: null, processId: 1, routingId: 1, isDestroyed: () => false }
    return preventable({ sender: this.#face, processId: 1, frameId: 1, senderFrame })
  }

  #post(message: ToPage): void {
    this.#live?.post(clone.encode(structuredClone(message)))
  }
}
