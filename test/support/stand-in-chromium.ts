import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { CHROMIUM_ARGS, chromiumProgram } from './browser.ts'
import { eventually } from './eventually.ts'

/** The Chromium that holds the windows of apps run through the stand-in, each in a profile of its own. */
export interface StandInChromium {
  /** Where it listens, for the app. */
  readonly address: string
  /** The page of one tab. */
  page(targetId: string): Promise<Page>
  stop(): Promise<void>
}

const STARTS_WITHIN_MS = 15_000
const STOPS_WITHIN_MS = 3_000

/** As Playwright starts it: windows nobody sees run at full speed, and nothing of the browser's own comes along. */
const LIKE_PLAYWRIGHT: readonly string[] = [
  '--disable-back-forward-cache',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-breakpad',
  '--disable-component-extensions-with-background-pages',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-features=DestroyProfileOnBrowserClose,HttpsUpgrades,LensOverlay,MediaRouter,OptimizationHints,PaintHolding',
  '--disable-field-trial-config',
  '--disable-hang-monitor',
  '--disable-ipc-flooding-protection',
  '--disable-renderer-backgrounding',
  '--disable-search-engine-choice-screen',
  '--force-color-profile=srgb',
  '--mute-audio',
  '--no-default-browser-check',
  '--password-store=basic',
]

/** Starts it; when that fails, nothing stays behind. */
export async function startStandInChromium(args: readonly string[] = []): Promise<StandInChromium> {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-chromium-'))
  const child = spawn(
    chromiumProgram(),
    [
      ...CHROMIUM_ARGS,
      ...LIKE_PLAYWRIGHT,
      '--headless',
      // The app decides about pop-ups, and nothing of a window that it allowed by mistake reaches the network.
      '--disable-popup-blocking',
      '--host-resolver-rules=MAP * ~NOTFOUND',
      '--remote-debugging-port=0',
      '--remote-debugging-address=127.0.0.1',
      `--user-data-dir=${folder}`,
      ...args,
      'about:blank',
    ],
    { stdio: 'ignore' },
  )
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const clean = () => {
    process.off('exit', kill)
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
  try {
    const address = await listening(child, join(folder, 'DevToolsActivePort'))
    const browser = await chromium.connectOverCDP(address)
    return {
      address,
      page: (targetId) => pageOf(browser, targetId),
      async stop() {
        await endBrowser(browser, child)
        clean()
      },
    }
  } catch (error) {
    kill()
    if (!hasEnded(child)) await once(child, 'exit')
    clean()
    throw error
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

/** Chromium writes the port and the path it chose into a file of its profile. */
function listening(child: ChildProcess, file: string): Promise<string> {
  return eventually(
    () => {
      if (hasEnded(child)) return { failed: true } as const
      const [port, path] = readFileSync(file, 'utf8').split('\n')
      return port !== undefined && path ? { address: `ws://127.0.0.1:${port}${path}` } : undefined
    },
    { withinMs: STARTS_WITHIN_MS, what: 'Chromium to listen' },
  ).then((found) => {
    if ('failed' in found) throw new Error('Chromium ended at its start')
    return found.address
  })
}

async function pageOf(browser: Browser, targetId: string): Promise<Page> {
  return eventually(
    async () => {
      for (const context of browser.contexts())
        for (const page of context.pages()) if ((await idOf(page)) === targetId) return page
      return undefined
    },
    { what: `the page of tab ${targetId}` },
  )
}

const ids = new WeakMap<Page, Promise<string | undefined>>()

function idOf(page: Page): Promise<string | undefined> {
  const known = ids.get(page) ?? readId(page)
  ids.set(page, known)
  return known
}

/** A tab that is being closed has none. */
async function readId(page: Page): Promise<string | undefined> {
  try {
    const session = await page.context().newCDPSession(page)
    const { targetInfo } = await session.send('Target.getTargetInfo')
    await session.detach()
    return targetInfo.targetId
  } catch {
    return undefined
  }
}

async function endBrowser(browser: Browser, child: ChildProcess): Promise<void> {
  const exited = hasEnded(child) ? Promise.resolve() : once(child, 'exit')
  const late = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS)
  await browser
    .newBrowserCDPSession()
    .then((session) => session.send('Browser.close'))
    .catch(() => child.kill('SIGKILL'))
  await exited
  clearTimeout(late)
  await browser.close().catch(() => undefined)
}
