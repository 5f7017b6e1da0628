import type { Page } from '@playwright/test'

/** What carries the window: the browser of this machine, Electron, or the stand-in for it. */
export type ShellName = 'loopback' | 'stand-in' | 'electron'

export interface StartOptions {
  readonly profilesDirectory: string
  readonly profile: string
  readonly relays: readonly string[]
  /** Further words of the command line, and of the environment. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** The app, running. */
export interface RunningApp {
  readonly pid: number
  /** The page of its window, 1280 by 800. */
  window(): Promise<Page>
  /** Asks it to end; the test fails when that takes more than five seconds or its exit code is not 0. Twice is once. */
  stop(): Promise<void>
}

/** Starts apps, and holds what they share. */
export interface Shell<App extends RunningApp = RunningApp> {
  start(options: StartOptions): Promise<App>
  /** Before the apps end, where windows are not theirs. */
  closeWindows(): Promise<void>
  stop(): Promise<void>
}

/** The shell this run is for. */
export function chosenShell(environment: Readonly<Record<string, string | undefined>> = process.env): ShellName {
  const chosen = environment['SIGHTLINE_SHELL'] ?? 'loopback'
  if (chosen === 'loopback' || chosen === 'stand-in' || chosen === 'electron') return chosen
  throw new Error(`SIGHTLINE_SHELL is “${chosen}”; there are loopback, stand-in and electron`)
}

/** What every page of a test is told. */
export async function prepared(page: Page): Promise<Page> {
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => console.error('page error:', error.message))
  await page.setViewportSize({ width: 1280, height: 800 })
  return page
}
