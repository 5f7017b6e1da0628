import assert from 'node:assert/strict'
import type { Page } from '@playwright/test'
import type { ElectronApp } from '../../support/electron-app.ts'
import { eventually } from '../../support/eventually.ts'
import { isGranted, isGrantedNow, isPrevented, isSessionPrevented, mayLoad } from './ask-chromium.ts'
import { DENIED } from './denied.ts'
import { called } from './probe.ts'

/** One promise about a running app, which can be seen to be broken. */
export interface Check {
  readonly name: string
  /** Needs an app in which nobody asked for anything yet, and leaves one in which somebody did. */
  readonly isAlone?: true
  run(app: ElectronApp, page: Page): Promise<void>
}

const ELSEWHERE = 'https://elsewhere.example/'

/** What the window was made with. */
const preferenceIs =
  (name: string, wanted: boolean, defaultIs: boolean): Check['run'] =>
  async (app) => {
    const [[preferences] = []] = await called(app, 'webPreferences')
    assert.ok(typeof preferences === 'object' && preferences !== null)
    // Just seen to be an object.
    const given = preferences as Readonly<Record<string, unknown>>
    assert.equal(given[name] ?? defaultIs, wanted, `webPreferences.${name}`)
  }

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  /^style-src 'self' 'nonce-[\w+/=]{20,}'$/,
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  'media-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
]

async function hasPolicy(_app: ElectronApp, page: Page): Promise<void> {
  const sent = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'))
  const rules = (sent ?? '').split('; ')
  for (const wanted of POLICY)
    assert.ok(
      rules.some((rule) => (typeof wanted === 'string' ? rule === wanted : wanted.test(rule))),
      `${wanted} is not in ${sent}`,
    )
  assert.equal(rules.length, POLICY.length, sent ?? '')
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.ranInline = true'
    document.head.append(script)
    return 'ranInline' in window
  })
  assert.equal(ran, false, 'a script without a file ran')
}

/** A page that goes elsewhere stays where it is; nothing of it reaches the network. */
async function staysOnItsPage(app: ElectronApp, page: Page): Promise<void> {
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect'])
    assert.ok(await isPrevented(app, name, ELSEWHERE), name)
  const before = page.url()
  await page.evaluate((to) => {
    window.location.href = to
  }, ELSEWHERE)
  await eventually(async () => (await called(app, 'navigation prevented')).length > 0, {
    what: 'the page kept from leaving',
    withinMs: 3_000,
  })
  assert.equal(page.url(), before)
  assert.deepEqual(await called(app, 'navigated'), [])
  assert.deepEqual(await called(app, 'network'), [])
}

async function opensNoWindow(app: ElectronApp, page: Page): Promise<void> {
  const before = page.context().pages().length
  await page.evaluate((to) => void window.open(to, '_blank', 'noopener'), ELSEWHERE)
  await eventually(async () => (await called(app, 'dialog.showMessageBox')).length > 0, {
    what: 'the question about the link',
    withinMs: 3_000,
  })
  assert.deepEqual(await called(app, 'window opened'), [])
  await eventually(() => page.context().pages().length === before, { what: 'no window more' })
}

/** Nothing leaves for the browser before the person said yes, and what is no https never does. */
async function opensOutsideOnlyAfterYes(app: ElectronApp, page: Page): Promise<void> {
  const open = (url: string) => page.evaluate((to) => void window.open(to, '_blank', 'noopener'), url)
  const asked = async (count: number) => {
    await eventually(async () => (await called(app, 'dialog.showMessageBox')).length === count, { what: 'a question' })
    // A page that opens link after link is not listened to for a second.
    await page.waitForTimeout(1_100)
  }
  await open(`${ELSEWHERE}?first`)
  await asked(1)
  assert.match(JSON.stringify(await called(app, 'dialog.showMessageBox')), /elsewhere\.example/)
  await app.evaluate(({ standIn }) => void standIn.answers.push(0))
  await open('http://elsewhere.example/insecure')
  await asked(2)
  assert.deepEqual(await called(app, 'shell.openExternal'), [])
  await app.evaluate(({ standIn }) => void standIn.answers.splice(0, standIn.answers.length, 0))
  await open(`${ELSEWHERE}?second`)
  await asked(3)
  assert.deepEqual(await called(app, 'shell.openExternal'), [[`${ELSEWHERE}?second`]])
}

/** A frame of the contract from anybody but our own page's main frame is not answered. */
async function answersOwnPageOnly(app: ElectronApp): Promise<void> {
  const answersTo = (frame: { readonly url: string; readonly isChild?: boolean }, isOwnContents = true) =>
    app.evaluate(
      async ({ BrowserWindow, ipcMain }, given) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        if (contents === undefined) throw new Error('no window')
        let answers = 0
        const original = contents.send
        const document = globalThis.crypto.randomUUID()
        contents.send = (_channel, to) => {
          if (to === document) answers += 1
        }
        const senderFrame = { url: given.frame.url, parent: given.frame.isChild ? {} : null }
        const sender = given.isOwnContents ? contents : {}
        const ask = JSON.stringify({ do: 'watch', id: 1, name: 'session' })
        ipcMain.emit('sightline:to-messenger', { sender, senderFrame }, document, ask)
        // A view is pushed at most every 50 ms.
        await new Promise((resolve) => setTimeout(resolve, 300))
        contents.send = original
        return answers
      },
      { frame, isOwnContents },
    )
  assert.equal(await answersTo({ url: 'https://elsewhere.example/' }), 0, 'another origin')
  assert.equal(await answersTo({ url: 'app://sightline.elsewhere/' }), 0, 'an origin that looks like ours')
  assert.equal(await answersTo({ url: 'app://sightline/', isChild: true }), 0, 'a frame within')
  assert.equal(await answersTo({ url: 'app://sightline/' }, false), 0, 'another window')
  assert.ok((await answersTo({ url: 'app://sightline/' })) > 0, 'without this the check shows nothing')
}

async function hasOwnScheme(app: ElectronApp, page: Page): Promise<void> {
  const url = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())
  assert.match(url ?? '', /^app:\/\/sightline\//)
  assert.equal(await page.evaluate(() => window.isSecureContext), true)
  const [[schemes] = []] = await called(app, 'protocol.registerSchemesAsPrivileged')
  const privileges = { standard: true, secure: true, supportFetchAPI: true }
  assert.deepEqual(schemes, [{ scheme: 'app', privileges }], 'a scheme with more privileges bypasses something')
  assert.equal(await mayLoad(app, 'file:///etc/passwd'), false)
}

const VERBS = ['ask', 'hear', 'onConnection', 'watch']

/** The page has the three verbs and whether the messenger is there, and nothing else of the system. */
async function exposesTheBridgeOnly(app: ElectronApp, page: Page): Promise<void> {
  // First: without a preload there would be nothing to find.
  assert.deepEqual(await called(app, 'preload failed'), [])
  const found = await page.evaluate(() => {
    const exposed = Object.entries(Object.getOwnPropertyDescriptors(window)).filter(
      ([, { enumerable, configurable, writable }]) => enumerable && configurable === false && writable === false,
    )
    const { sightline } = window
    return {
      globals: exposed.map(([name]) => name),
      verbs: Object.entries(sightline ?? {}).map(([name, value]) => [name, typeof value]),
      node: ['require', 'process', 'module', 'global', 'Buffer', 'electron', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
    }
  })
  assert.deepEqual(found.globals, ['sightline'])
  assert.deepEqual(
    found.verbs.toSorted(),
    VERBS.map((name) => [name, 'function']),
  )
  assert.deepEqual(found.node, [])
}

async function grantsNothingUnneeded(app: ElectronApp): Promise<void> {
  for (const permission of DENIED) {
    assert.equal(await isGranted(app, permission), false, permission)
    assert.equal(await isGrantedNow(app, permission), false, permission)
  }
  assert.equal(await isGranted(app, 'media', { mediaTypes: ['video'] }), false, 'the camera without a press')
  assert.equal(await isGranted(app, 'media', { mediaTypes: [] }), false, 'the screen')
  assert.equal(await isGranted(app, 'notifications', { requestingUrl: ELSEWHERE }), false, 'another origin')
  assert.equal(await isGranted(app, 'notifications'), true)
}

async function grantsTheCameraAfterAPress(app: ElectronApp, page: Page): Promise<void> {
  await page.mouse.click(2, 2)
  await eventually(() => isGranted(app, 'media', { mediaTypes: ['video'] }), { what: 'the camera after a press' })
  assert.equal(await isGranted(app, 'media', { mediaTypes: ['video', 'audio'] }), false, 'the microphone')
}

/** Electron's checklist (electronjs.org/docs/latest/tutorial/security) in its order; 16 and 19 are in security.test.ts. */
export const CHECKLIST: readonly Check[] = [
  {
    name: '1: only secure content is loaded',
    async run(app, page) {
      for (const url of ['http://elsewhere.example/', ELSEWHERE, 'ftp://elsewhere.example/', 'ws://elsewhere.example/'])
        assert.equal(await mayLoad(app, url), false, url)
      await page.evaluate((url) => fetch(url).catch(() => undefined), ELSEWHERE)
      assert.deepEqual(await called(app, 'network'), [])
    },
  },
  { name: '2: no Node integration', run: preferenceIs('nodeIntegration', false, false) },
  { name: '2: no Node integration in workers', run: preferenceIs('nodeIntegrationInWorker', false, false) },
  { name: '2: no Node integration in frames', run: preferenceIs('nodeIntegrationInSubFrames', false, false) },
  { name: '3: context isolation', run: preferenceIs('contextIsolation', true, true) },
  { name: '4: the window is sandboxed', run: preferenceIs('sandbox', true, true) },
  {
    name: '4: every window is sandboxed',
    run: async (app) => assert.equal((await called(app, 'app.enableSandbox')).length, 1),
  },
  { name: '5: permissions are asked for, and denied', run: grantsNothingUnneeded },
  { name: '5: the camera after a press, never the microphone', run: grantsTheCameraAfterAPress },
  {
    name: '5: no device is given',
    async run(app) {
      assert.equal(await app.evaluate(({ standIn }) => standIn.isDevicePermitted({ deviceType: 'usb' })), false)
      for (const name of ['select-hid-device', 'select-usb-device', 'select-serial-port'])
        assert.ok(await isSessionPrevented(app, name), name)
      assert.ok(await isPrevented(app, 'select-bluetooth-device', ''))
    },
  },
  { name: '6: web security', run: preferenceIs('webSecurity', true, true) },
  { name: '7: the content security policy', run: hasPolicy },
  { name: '8: no insecure content', run: preferenceIs('allowRunningInsecureContent', false, false) },
  { name: '9: no experimental features', run: preferenceIs('experimentalFeatures', false, false) },
  {
    name: '10: no Blink features',
    async run(app) {
      const [[preferences] = []] = await called(app, 'webPreferences')
      assert.ok(typeof preferences === 'object' && preferences !== null)
      assert.ok(!('enableBlinkFeatures' in preferences), 'enableBlinkFeatures is set')
    },
  },
  { name: '11: no webview tag', run: preferenceIs('webviewTag', false, false) },
  {
    name: '12: no webview is attached',
    run: async (app) => assert.ok(await isPrevented(app, 'will-attach-webview', '')),
  },
  { name: '13: no navigation', run: staysOnItsPage },
  { name: '14: no new windows', isAlone: true, run: opensNoWindow },
  { name: '15: nothing is opened outside before a yes', isAlone: true, run: opensOutsideOnlyAfterYes },
  { name: '17: the sender of every message is checked', run: answersOwnPageOnly },
  { name: '18: a scheme of its own, and no files', run: hasOwnScheme },
  { name: '20: the page is given the bridge only', run: exposesTheBridgeOnly },
]

/** What is promised beside the checklist. */
export const BESIDE: readonly Check[] = [
  {
    name: 'spell checking stays off, and fetches no dictionary',
    async run(app) {
      assert.deepEqual(await called(app, 'session.setSpellCheckerEnabled'), [[false]])
      assert.deepEqual(await called(app, 'session.setSpellCheckerLanguages'), [[[]]])
      await preferenceIs('spellcheck', false, true)(app, await app.firstWindow())
    },
  },
  {
    name: 'nothing is downloaded',
    run: async (app) => assert.ok(await isSessionPrevented(app, 'will-download')),
  },
  { name: 'what is dropped on the window leads nowhere', run: preferenceIs('navigateOnDragDrop', false, false) },
  {
    name: 'the page’s WebRTC tells no address',
    run: async (app) =>
      assert.deepEqual(await called(app, 'webContents.setWebRTCIPHandlingPolicy'), [['disable_non_proxied_udp']]),
  },
  {
    name: 'Chromium has no way to the network',
    async run(app) {
      const [[proxy] = []] = await called(app, 'session.setProxy')
      assert.deepEqual(proxy, {
        mode: 'fixed_servers',
        proxyRules: 'http://127.0.0.1:9',
        proxyBypassRules: '<-loopback>',
      })
    },
  },
]
