import { mkdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { conversationWith, NOW, people } from './fake-data.ts'
import type { Scene } from './scene.ts'

// Pictures of every page in both themes and two widths, with a stand-in messenger; axe looks at each.
// node test/screenshots/take.ts [part of a name]
const root = fileURLToPath(new URL('../..', import.meta.url))
const out = join(root, 'test/screenshots/out')
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'nonce-pictures'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

interface Shot {
  readonly name: string
  readonly hash: string
  readonly scene?: Scene
  /** What to do before the picture. */
  readonly act?: (page: Page) => Promise<void>
  readonly isTall?: boolean
  /** The language of the system; English without it. */
  readonly locale?: string
}

const chat = (key: string, detail = ''): string => `#/chats/${conversationWith(key)}${detail}`
const igor = people.find(({ state }) => state === 'blocked')?.id ?? ''
const lena = people.find(({ name }) => name === 'Lena Vogt')?.id ?? ''
const bea = people.find(({ name }) => name.startsWith('Bea'))?.id ?? ''

const openPalette = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
}

const openSteps =
  (which: number) =>
  async (page: Page): Promise<void> => {
    const steps = page.locator('.more > summary').nth(which)
    await steps.click()
    await page.locator('.more[open]').first().scrollIntoViewIfNeeded()
  }

const toAttempts = (page: Page): Promise<void> => page.locator('.try').nth(5).scrollIntoViewIfNeeded()

const actionsOf = (page: Page, text: string) =>
  page.locator('.msg', { hasText: text }).getByRole('button', { name: 'What to do with this message' })

const shots: readonly Shot[] = [
  { name: 'passphrase', hash: '', scene: { session: { state: 'locked', asks: 'new' } } },
  { name: 'name', hash: '', scene: { isNamed: false } },
  { name: 'link', hash: '#/welcome' },
  { name: 'link-nobody', hash: '#/welcome', scene: { reach: 'none', isEmpty: true } },
  {
    name: 'name-too-long',
    hash: '',
    scene: { isNamed: false },
    act: (page) => page.getByRole('textbox', { name: 'Your name' }).fill('Wilhelmina '.repeat(7)),
  },
  {
    name: 'link-refused',
    hash: '#/welcome',
    scene: { reach: 'none', isEmpty: true, added: 'refused' },
    act: async (page) => {
      await page.getByRole('textbox', { name: /address of a relay/ }).fill('/dns4/relay.example/tcp/4001')
      await page.getByRole('button', { name: 'Use this relay' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'lock',
    hash: '',
    scene: { session: { state: 'locked', asks: 'passphrase' } },
    act: async (page) => {
      await page.getByLabel('Passphrase').fill('not it')
      await page.getByRole('button', { name: 'Unlock' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'no-key', hash: '', scene: { hasNoKey: true } },
  {
    name: 'passphrase-no-keyring',
    hash: '',
    scene: { session: { state: 'locked', asks: 'new' }, shell: { kind: 'electron', hasKeyring: false } },
  },
  {
    name: 'name-keyring',
    hash: '',
    scene: { isNamed: false, session: { state: 'open', opensWith: 'keyring' }, shell: { kind: 'electron' } },
  },
  {
    name: 'opening-keyring',
    hash: '',
    scene: { session: { state: 'opening' }, shell: { kind: 'electron', hasKeyring: true } },
    act: async (page) => {
      await page.clock.runFor(4_000)
      await page.getByText(/keyring/).waitFor()
    },
  },
  {
    name: 'failed-keyring-unavailable',
    hash: '',
    scene: { session: { state: 'failed', failure: { code: 'keyring-unavailable' } } },
  },
  {
    name: 'failed-keyring-changed',
    hash: '',
    scene: { session: { state: 'failed', failure: { code: 'keyring-changed' } } },
  },
  {
    name: 'failed-keyring-elsewhere',
    hash: '',
    scene: { session: { state: 'failed', failure: { code: 'profile-no-key', detail: { found: 'keyring' } } } },
  },
  {
    name: 'failed-copy',
    hash: '',
    scene: {
      session: { state: 'failed', failure: { code: 'profile-damaged', detail: { goodCopyAt: NOW - 7_200_000 } } },
    },
  },
  { name: 'failed', hash: '', scene: { session: { state: 'failed', failure: { code: 'profile-damaged' } } } },
  { name: 'chats', hash: chat('Lena') },
  { name: 'chats-unread', hash: chat('Omar') },
  { name: 'chats-waiting', hash: chat('Bea') },
  { name: 'line-cut-off', hash: chat('Bea'), scene: { isCutOff: true } },
  { name: 'line-cut-off-panel', hash: chat('Bea', '/line'), scene: { isCutOff: true } },
  { name: 'line-cut-off-network', hash: '#/network', scene: { isCutOff: true }, isTall: true },
  { name: 'line-blocked', hash: chat('Bea'), scene: { isBeaBlocked: true } },
  {
    name: 'line-lost',
    hash: chat('Lena'),
    scene: { lostAfterMs: 400 },
    act: (page) => page.locator('.lost-bar').waitFor(),
  },
  {
    name: 'line-time',
    hash: chat('Lena'),
    act: (page) => page.locator('.msg', { hasText: 'Of course' }).hover(),
  },
  { name: 'chats-list', hash: '#/chats' },
  { name: 'chats-empty', hash: '#/chats', scene: { isEmpty: true, reach: 'none' } },
  { name: 'chats-line', hash: chat('Lena', '/line') },
  { name: 'chats-line-lan', hash: chat('Mara', '/line') },
  { name: 'chats-many', hash: chat('Mara'), scene: { manyMessages: 3000 } },
  { name: 'chats-late', hash: chat('Mara'), scene: { manyMessages: 3000, hasLate: true } },
  {
    name: 'chats-late-found',
    hash: chat('Mara'),
    scene: { manyMessages: 3000, hasLate: true },
    act: async (page) => {
      await page.getByRole('button', { name: '1 new message above' }).click()
      await page.getByText(/^arrived /).waitFor()
    },
  },
  {
    name: 'chats-stopped',
    hash: chat('Lena'),
    scene: { stopped: { reason: 'wrong-signature', isRefusedHere: true, isMine: false } },
  },
  {
    name: 'chats-stopped-there',
    hash: chat('Lena'),
    scene: { stopped: { reason: 'bad-seq', isRefusedHere: false, isMine: true } },
  },
  {
    name: 'chats-menu',
    hash: chat('Lena'),
    act: async (page) => {
      await page.locator('.msg', { hasText: 'Of course' }).hover()
      await actionsOf(page, 'Of course').click()
    },
  },
  {
    name: 'chats-reply',
    hash: chat('Lena'),
    act: async (page) => {
      await page.locator('.msg', { hasText: 'small tent' }).hover()
      await actionsOf(page, 'small tent').click()
      await page.getByRole('menuitem', { name: 'Reply' }).click()
      await page.getByRole('textbox', { name: 'Message to Lena Vogt' }).fill(`I will.\nIt is in the cellar.`)
      await page.getByRole('button', { name: 'Delivered' }).click()
    },
  },
  {
    name: 'chats-remove',
    hash: chat('Lena'),
    act: async (page) => {
      await page.locator('.msg', { hasText: 'Of course' }).click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Delete for me' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'chats-find',
    hash: chat('Mara'),
    scene: { manyMessages: 3000 },
    act: async (page) => {
      await page.locator('.msg').last().waitFor()
      await page.keyboard.press('Control+f')
      await page.getByRole('searchbox', { name: /Search the messages/ }).fill('line 1234')
      await page.locator('.msg[data-found] mark').first().waitFor()
    },
  },
  { name: 'chats-hostile', hash: chat('Mara'), scene: { hasHostileTexts: true } },
  {
    name: 'chats-too-long',
    hash: chat('Lena'),
    act: (page) => page.getByRole('textbox', { name: 'Message to Lena Vogt' }).fill('too long '.repeat(1900)),
  },
  {
    name: 'chats-search',
    hash: '#/chats',
    act: async (page) => {
      if ((page.viewportSize()?.width ?? 0) < 760) await page.evaluate(() => window.scrollTo(0, 0))
      await page.getByRole('searchbox').fill('ma')
      await page.getByRole('heading', { name: 'Messages' }).waitFor()
    },
  },
  { name: 'people', hash: '#/people/add' },
  { name: 'people-full', hash: '#/people/add', isTall: true },
  { name: 'people-empty', hash: '#/people/add', scene: { isEmpty: true, reach: 'none' }, isTall: true },
  { name: 'people-hostile', hash: '#/people/add', scene: { isHostile: true }, isTall: true },
  { name: 'people-hostile-list', hash: '#/people', scene: { isHostile: true } },
  { name: 'people-hostile-contact', hash: `#/people/${bea}`, scene: { isHostile: true }, isTall: true },
  { name: 'people-hostile-blocked', hash: '#/people/blocked', scene: { isHostile: true } },
  { name: 'link-request', hash: '#/welcome', scene: { reach: 'none' }, isTall: true },
  {
    name: 'link-friend',
    hash: '#/welcome',
    scene: { reach: 'none', isEmpty: true },
    act: (page) => page.getByRole('textbox', { name: /A friend’s link/ }).fill('sightline://add/CAES'),
  },
  {
    name: 'people-scan',
    hash: '#/people/add',
    act: async (page) => {
      await page.getByRole('button', { name: 'Scan a QR code' }).click()
      await page.getByRole('button', { name: 'Use the camera' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'people-arrived', hash: '#/people/add/sightline%3A%2F%2Fadd%2FCAES' },
  { name: 'people-list', hash: '#/people' },
  {
    name: 'people-preview',
    hash: '#/people/add',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Link' }).fill('sightline://add/CAES')
      await page.getByRole('button', { name: 'Look at it' }).click()
      await page.getByRole('textbox', { name: 'Note' }).fill('Hello Tove, it’s Noa from plot 14.')
    },
  },
  { name: 'people-links', hash: '#/people/links' },
  {
    name: 'people-withdraw',
    hash: '#/people/links',
    act: async (page) => {
      await page.getByRole('button', { name: 'Withdraw' }).first().click()
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'people-blocked', hash: `#/people/${igor}` },
  { name: 'people-contact', hash: `#/people/${bea}`, isTall: true },
  { name: 'network', hash: '#/network/reachability', isTall: true },
  { name: 'network-list', hash: '#/network' },
  { name: 'network-none', hash: '#/network/relays', scene: { reach: 'none', isEmpty: true } },
  { name: 'tried-network', hash: '#/network/attempts', isTall: true, act: toAttempts },
  {
    name: 'tried-network-all',
    hash: '#/network/attempts',
    isTall: true,
    act: async (page) => {
      await page.getByRole('button', { name: /^Show all/ }).click()
      await page.getByRole('button', { name: /^Show the newest/ }).scrollIntoViewIfNeeded()
    },
  },
  { name: 'tried-network-steps', hash: '#/network/attempts', isTall: true, act: openSteps(2) },
  { name: 'tried-nothing', hash: '#/network/attempts', scene: { tried: 'nothing' } },
  {
    name: 'tried-hard-router',
    hash: '#/network/reachability',
    scene: { router: { mapping: 'endpoint-dependent', portMapping: 'double-nat' } },
    isTall: true,
  },
  {
    name: 'tried-unknown-router',
    hash: '#/network/reachability',
    scene: { router: { mapping: 'unknown' } },
    isTall: true,
  },
  ...(['trying', 'no-way-yet', 'needs-udp-punch', 'both-change-ports', 'not-supported', 'none'] as const).map(
    (because): Shot => ({ name: `because-${because}`, hash: chat('Lena', '/line'), scene: { because }, isTall: true }),
  ),
  { name: 'because-relay-only', hash: chat('Omar', '/line') },
  { name: 'because-peers', hash: '#/network/peers', scene: { because: 'needs-udp-punch' } },
  { name: 'because-contact', hash: `#/people/${lena}`, scene: { because: 'needs-udp-punch' }, isTall: true },
  {
    name: 'tried-everything',
    hash: chat('Lena', '/line'),
    scene: { because: 'no-way-yet', tried: 'everything' },
    isTall: true,
  },
  {
    name: 'tried-everything-steps',
    hash: chat('Lena', '/line'),
    scene: { because: 'no-way-yet', tried: 'everything' },
    isTall: true,
    act: openSteps(1),
  },
  { name: 'settings-name', hash: '#/settings/name' },
  {
    name: 'settings-passphrase',
    hash: '#/settings/name',
    act: async (page) => {
      await page.getByLabel('Passphrase until now').fill('open sesame')
      await page.getByRole('button', { name: 'Change passphrase' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'settings-no-passphrase',
    hash: '#/settings/name',
    scene: { session: { state: 'open', opensWith: 'nothing' } },
    isTall: true,
  },
  {
    name: 'settings-keyring',
    hash: '#/settings/name',
    scene: { session: { state: 'open', opensWith: 'keyring' }, shell: { kind: 'electron', hasKeyring: true } },
    isTall: true,
  },
  {
    name: 'settings-no-passphrase-keyring',
    hash: '#/settings/name',
    scene: { session: { state: 'open', opensWith: 'nothing' }, shell: { kind: 'electron', hasKeyring: true } },
    isTall: true,
  },
  { name: 'settings-relays', hash: '#/settings/relays' },
  { name: 'settings-privacy', hash: '#/settings/privacy', isTall: true },
  { name: 'settings-sources', hash: '#/settings/sources' },
  { name: 'settings-notifications', hash: '#/settings/notifications', scene: { shell: { kind: 'electron' } } },
  { name: 'settings-notifications-browser', hash: '#/settings/notifications' },
  {
    name: 'settings-notifications-denied',
    hash: '#/settings/notifications',
    scene: { shell: { kind: 'electron', canNotify: false } },
  },
  { name: 'settings-desktop', hash: '#/settings/desktop', scene: { shell: { kind: 'electron', hasTray: true } } },
  {
    name: 'settings-desktop-no-tray',
    hash: '#/settings/desktop',
    scene: { shell: { kind: 'electron', hasTray: false }, session: { state: 'open', opensWith: 'keyring' } },
  },
  { name: 'settings-appearance', hash: '#/settings/appearance' },
  { name: 'settings-about', hash: '#/settings/about', isTall: true },
  { name: 'settings-list', hash: '#/settings' },
  { name: 'palette', hash: '#/settings/about', act: openPalette },
  {
    name: 'palette-found',
    hash: '#/people/links',
    act: async (page) => {
      await openPalette(page)
      await page.getByRole('combobox').fill('le')
      await page
        .getByRole('option', { name: /leave the key/ })
        .first()
        .waitFor()
      await page.keyboard.press('ArrowDown')
    },
  },
  {
    name: 'palette-nothing',
    hash: '#/people/links',
    act: async (page) => {
      await openPalette(page)
      await page.getByRole('combobox').fill('zzzz')
      await page.getByText('Nothing goes by').waitFor()
    },
  },
  {
    name: 'palette-hostile',
    hash: '#/people/links',
    scene: { isHostile: true },
    act: async (page) => {
      await openPalette(page)
      await page.getByRole('combobox').fill('w')
    },
  },
  {
    name: 'quit',
    hash: '#/settings',
    act: (page) => page.getByRole('button', { name: 'Quit' }).click(),
  },
  {
    name: 'shortcuts-mac',
    hash: '#/settings/name',
    scene: { shell: { kind: 'electron', platform: 'macos' } },
    act: (page) => page.keyboard.press('?'),
  },
  {
    name: 'shortcuts',
    hash: '#/settings/about',
    act: async (page) => {
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
  ...(
    [
      { name: 'chats', hash: chat('Bea') },
      { name: 'line', hash: chat('Lena', '/line') },
      { name: 'cut-off', hash: chat('Bea'), scene: { isCutOff: true } },
      { name: 'link-nobody', hash: '#/welcome', scene: { reach: 'none', isEmpty: true } },
      { name: 'people', hash: '#/people/add', isTall: true },
      { name: 'links', hash: '#/people/links' },
      { name: 'network', hash: '#/network', isTall: true },
      { name: 'network-page', hash: '#/network/reachability', isTall: true },
      { name: 'tried', hash: '#/network/attempts', isTall: true, act: openSteps(2) },
      { name: 'because', hash: chat('Lena', '/line'), scene: { because: 'needs-udp-punch' }, isTall: true },
      { name: 'hard-router', hash: '#/network', scene: { router: { mapping: 'endpoint-dependent' } }, isTall: true },
      { name: 'privacy', hash: '#/settings/privacy', isTall: true },
      { name: 'settings-list', hash: '#/settings' },
      { name: 'shortcuts', hash: '#/settings/about', act: (page: Page) => page.keyboard.press('?') },
    ] satisfies readonly Shot[]
  ).map((shot): Shot => ({ ...shot, name: `german-${shot.name}`, locale: 'de-DE' })),
]

async function bundleBridge(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(root, 'test/screenshots/fake-bridge.ts'), formats: ['iife'], name: 'fake' },
    },
  })
  const [bundle] = Array.isArray(built) ? built : [built]
  if (bundle === undefined || !('output' in bundle)) throw new Error('the stand-in was not built')
  return bundle.output[0].code
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

async function serve(): Promise<{ address: string; stop: () => void }> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname)
    try {
      const body = await readFile(join(root, 'out/renderer', path === '/' ? 'index.html' : path))
      response.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'text/html',
        'content-security-policy': POLICY,
      })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server that listens has a port.
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}/`, stop: () => server.close() }
}

const sizes = [
  { width: 1280, height: 800 },
  { width: 480, height: 800 },
]
let troubles = 0
const trouble = (words: string) => {
  troubles++
  console.log(words)
}

async function take(browser: Browser, address: string, bridge: string, shot: Shot): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const viewport of sizes) {
      const name = `${shot.name}-${viewport.width}-${colorScheme}`
      const context = await browser.newContext({
        viewport: shot.isTall ? { ...viewport, height: 1600 } : viewport,
        colorScheme,
        locale: shot.locale ?? 'en-GB',
        timezoneId: 'Europe/Berlin',
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      page.on('console', (entry) => {
        if (entry.type() === 'error') trouble(`${name}: ${entry.text()}`)
      })
      page.on('pageerror', (error) => trouble(`${name}: ${error.stack}`))
      await page.clock.setFixedTime(NOW)
      await page.addInitScript(`window.scene = ${JSON.stringify(shot.scene ?? {})}`)
      await page.addInitScript(bridge)
      await page.goto(`${address}${shot.hash}`)
      try {
        await page.locator('h1').first().waitFor({ state: 'attached' })
        await shot.act?.(page)
        await page.waitForTimeout(150)
        await page.screenshot({ path: join(out, `${name}.png`) })
        const { violations } = await new AxeBuilder({ page }).analyze()
        for (const { id, nodes } of violations)
          trouble(
            `${name}: axe ${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} | ${failureSummary?.split('\n')[1]}`).join(' ;; ')}`,
          )
      } catch (error) {
        trouble(`${name}: ${String(error).slice(0, 400)}`)
        await page.screenshot({ path: join(out, `${name}.png`) })
      }
      await context.close()
    }
}

await mkdir(out, { recursive: true })
await build({ configFile: join(root, 'renderer/vite.config.ts'), logLevel: 'error' })
const bridge = await bundleBridge()
const server = await serve()
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
try {
  const wanted = process.argv[2] ?? ''
  for (const shot of shots) if (shot.name.includes(wanted)) await take(browser, server.address, bridge, shot)
} finally {
  await browser.close()
  server.stop()
}
console.log(troubles === 0 ? 'no troubles' : `${troubles} troubles`)
process.exitCode = troubles === 0 ? 0 : 1
