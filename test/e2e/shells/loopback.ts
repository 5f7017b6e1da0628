import type { Browser } from '@playwright/test'
import { startApp } from '../../support/app-process.ts'
import { launchBrowser } from '../../support/browser.ts'
import { prepared, type RunningApp, type Shell } from './shell.ts'

export interface LoopbackApp extends RunningApp {
  /** The one-time link it printed. */
  readonly link: string
}

/** The app served on 127.0.0.1, and a Chromium to look at it. */
export interface LoopbackShell extends Shell<LoopbackApp> {
  readonly browser: Browser
}

export async function loopbackShell(chromiumArgs: readonly string[] = []): Promise<LoopbackShell> {
  const browser = await launchBrowser(chromiumArgs)
  return {
    browser,
    async start(options) {
      const { link, pid, stop } = await startApp(options)
      let stopped: Promise<void> | undefined
      return {
        link,
        pid,
        async window() {
          // A browser of its own (own cookies), as another person would have.
          const page = await prepared(await (await browser.newContext()).newPage())
          await page.goto(link)
          return page
        },
        stop() {
          stopped ??= stop()
          return stopped
        },
      }
    },
    closeWindows: () => browser.close(),
    stop: async () => undefined,
  }
}
