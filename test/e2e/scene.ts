import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Browser, Page } from '@playwright/test'
import { type AppProcess, startApp } from '../support/app-process.ts'
import { launchBrowser } from '../support/browser.ts'
import { type RelayProcess, startRelay } from '../support/relay-process.ts'
import { firstRun, openWindow } from './steps.ts'

/** Chromium, a folder for profiles, and whatever is started in it; all of it ends with the test. */
export interface Scene {
  readonly browser: Browser
  readonly profilesDirectory: string
  /** A relay in a process of its own; `args` are its command line. */
  relay(args?: readonly string[]): Promise<RelayProcess>
  /** The app on a profile, without a window. */
  app(profile: string, relays?: readonly string[]): Promise<AppProcess>
  /** A new person: a profile, a window, a name, and the link the first run shows. */
  person(
    name: string,
    relays?: readonly string[],
  ): Promise<{ readonly app: AppProcess; readonly page: Page; readonly link: string }>
}

export async function createScene(t: Pick<TestContext, 'after'>): Promise<Scene> {
  const profilesDirectory = await mkdtemp(join(tmpdir(), 'sightline-e2e-'))
  const browser = await launchBrowser()
  const endings: (() => Promise<unknown>)[] = []
  let hasEnded = false
  t.after(async () => {
    hasEnded = true
    await browser.close()
    for (const end of endings.reverse()) await end()
    await rm(profilesDirectory, { recursive: true, force: true })
  })
  const start = async (profile: string, relays: readonly string[] = []) => {
    const app = await startApp({ profilesDirectory, profile, relays })
    // A test whose time was up goes on for a moment; what it starts then would outlive it.
    if (hasEnded) await app.stop().finally(() => Promise.reject(new Error('the test has ended')))
    endings.push(app.stop)
    return app
  }
  return {
    browser,
    profilesDirectory,
    async relay(args = []) {
      const relay = await startRelay({ args })
      endings.push(relay.stop)
      return relay
    },
    app: start,
    async person(name, relays) {
      const app = await start(name.toLowerCase().replaceAll(' ', '-'), relays)
      const page = await openWindow(browser, app.link)
      return { app, page, link: await firstRun(page, name) }
    },
  }
}
