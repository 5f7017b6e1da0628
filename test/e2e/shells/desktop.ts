import { type ElectronApp, launchElectron } from '../../support/electron-app.ts'
import { startStandInChromium } from '../../support/stand-in-chromium.ts'
import { prepared, type RunningApp, type Shell } from './shell.ts'

export interface DesktopApp extends RunningApp {
  readonly electron: ElectronApp
}

/** The desktop app, in Electron or through the stand-in; there the apps of one scene share one Chromium. */
export async function desktopShell(
  shell: 'stand-in' | 'electron',
  chromiumArgs: readonly string[] = [],
  root?: string,
): Promise<Shell<DesktopApp>> {
  const chromium = shell === 'stand-in' ? await startStandInChromium(chromiumArgs) : undefined
  return {
    async start({ profilesDirectory, profile, relays, args = [], env = {} }) {
      const electron = await launchElectron({
        shell,
        profilesDirectory,
        profile,
        relays,
        args: [...args, ...(shell === 'electron' ? chromiumArgs : [])],
        env,
        ...(chromium === undefined ? {} : { chromium }),
        ...(root === undefined ? {} : { root }),
      })
      return {
        electron,
        pid: electron.pid,
        window: async () => prepared(await electron.firstWindow()),
        async stop() {
          const how = await electron.close()
          if (how !== 0) throw new Error(`the app ended with ${how}: ${electron.log()}`)
        },
      }
    },
    closeWindows: async () => undefined,
    stop: async () => chromium?.stop(),
  }
}
