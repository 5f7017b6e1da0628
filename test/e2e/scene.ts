import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Page } from '@playwright/test'
import { type RelayProcess, startRelay } from '../support/relay-process.ts'
import { desktopShell } from './shells/desktop.ts'
import { loopbackShell } from './shells/loopback.ts'
import { chosenShell, type RunningApp, type Shell, type StartOptions } from './shells/shell.ts'
import { firstRun } from './steps.ts'

/** A shell, a folder for profiles, and whatever is started in it; all of it ends with the test. */
export interface Scene<App extends RunningApp = RunningApp> {
  readonly profilesDirectory: string
  /** A relay in a process of its own; `args` are its command line. */
  relay(args?: readonly string[]): Promise<RelayProcess>
  /** The app on a profile. Its window is there when `window()` is asked for. */
  app(profile: string, relays?: readonly string[], more?: Pick<StartOptions, 'args' | 'env'>): Promise<App>
  /** A new person: a profile, a window, a name, and the link the first run shows. */
  person(
    name: string,
    relays?: readonly string[],
    more?: Pick<StartOptions, 'args' | 'env'>,
  ): Promise<{ readonly app: App; readonly page: Page; readonly link: string }>
}

export interface SceneOptions {
  /** Further switches for the Chromium behind the windows. */
  readonly chromiumArgs?: readonly string[]
}

/** In the shell that SIGHTLINE_SHELL names: `loopback`, `stand-in` or `electron`. */
export async function createScene(
  t: Pick<TestContext, 'after'>,
  { chromiumArgs = [] }: SceneOptions = {},
): Promise<Scene> {
  const chosen = chosenShell()
  if (chosen === 'loopback') return sceneIn(t, await loopbackShell(chromiumArgs))
  return sceneIn(t, await desktopShell(chosen, chromiumArgs))
}

/** In a given shell, which ends with the test. */
export async function sceneIn<App extends RunningApp>(
  t: Pick<TestContext, 'after'>,
  shell: Shell<App>,
): Promise<Scene<App>> {
  const profilesDirectory = await mkdtemp(join(tmpdir(), 'sightline-e2e-'))
  const endings: (() => Promise<unknown>)[] = []
  let hasEnded = false
  t.after(async () => {
    hasEnded = true
    try {
      await shell.closeWindows()
      for (const end of endings.reverse()) await end()
    } finally {
      await shell.stop()
      await rm(profilesDirectory, { recursive: true, force: true, maxRetries: 5 })
    }
  })
  const start: Scene<App>['app'] = async (profile, relays = [], more = {}) => {
    const app = await shell.start({ profilesDirectory, profile, relays, ...more })
    // A test whose time was up goes on for a moment; what it starts then would outlive it.
    if (hasEnded) await app.stop().finally(() => Promise.reject(new Error('the test has ended')))
    endings.push(app.stop)
    return app
  }
  return {
    profilesDirectory,
    async relay(args = []) {
      const relay = await startRelay({ args })
      endings.push(relay.stop)
      return relay
    },
    app: start,
    async person(name, relays, more) {
      const app = await start(name.toLowerCase().replaceAll(' ', '-'), relays, more)
      const page = await app.window()
      return { app, page, link: await firstRun(page, name) }
    },
  }
}
