import type { OwnChromium } from './chromium.ts'
import type { Params } from './devtools.ts'
import { popups } from './popups.ts'
import { FROM_MAIN, TO_MAIN, WORLD } from './worlds.ts'

/** One tab, with a session of the debugging protocol. */
export interface Tab {
  readonly targetId: string
  send(method: string, params?: Params): Promise<Params>
  on(method: string, listener: (params: Params) => void): void
  onMessage(listener: (text: string) => void): void
  onDownload(listener: (url: string) => void): void
  /** Hands a text to the preload's world, if there is one now. */
  post(text: string): void
  begin(scripts: { readonly page: string; readonly preload: string | undefined }): Promise<void>
  close(): Promise<void>
}

/** Opens one in the program's own profile of Chromium. */
export async function openTab({ devTools, browserContextId }: OwnChromium): Promise<Tab> {
  const targetId = await popups.own(async () => {
    const made = await devTools.send('Target.createTarget', { url: 'about:blank', browserContextId, newWindow: true })
    return String(made['targetId'])
  })
  const attached = await devTools.send('Target.attachToTarget', { targetId, flatten: true })
  const sessionId = String(attached['sessionId'])
  const send = (method: string, params: Params = {}) => devTools.send(method, params, sessionId)
  const on = (method: string, listener: (params: Params) => void) => void devTools.on(method, listener, sessionId)
  let world: number | undefined
  on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
    if (name === WORLD && auxData?.['frameId'] === targetId) world = id
  })
  on('Runtime.executionContextsCleared', () => {
    world = undefined
  })
  return {
    targetId,
    send,
    on,
    onMessage: (listener) =>
      on('Runtime.bindingCalled', ({ name, executionContextId, payload }) => {
        if (name === TO_MAIN && executionContextId === world) listener(payload)
      }),
    onDownload: (listener) =>
      void devTools.on('Browser.downloadWillBegin', ({ frameId, url }) => {
        if (frameId === targetId) listener(url)
      }),
    post(text) {
      if (world === undefined) return
      const call = { executionContextId: world, functionDeclaration: `function (text) { ${FROM_MAIN}(text) }` }
      send('Runtime.callFunctionOn', { ...call, arguments: [{ value: text }] }).catch(() => undefined)
    },
    async begin({ page, preload }) {
      await Promise.all([
        send('Page.enable'),
        send('Runtime.enable'),
        send('Inspector.enable'),
        send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
        devTools.send('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId, eventsEnabled: true }),
      ])
      await send('Page.addScriptToEvaluateOnNewDocument', { source: page })
      if (preload === undefined) return
      await send('Runtime.addBinding', { name: TO_MAIN, executionContextName: WORLD })
      await send('Page.addScriptToEvaluateOnNewDocument', { worldName: WORLD, source: preload })
    },
    close: async () => void (await devTools.send('Target.closeTarget', { targetId }).catch(() => undefined)),
  }
}
