import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AfterPackContext } from 'electron-builder'
import { setRemainingFuses } from './fuses.ts'

// electron-builder.yml names this file; electron-builder calls the functions by their names.

/**
 * Called when Electron lies in the app's folder. One that was unpacked by hand still has its demonstration app, which
 * electron-builder removes only from what it downloaded itself.
 */
export function afterExtract({ appOutDir, electronPlatformName }: AfterPackContext): void {
  const resources = electronPlatformName === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources'
  for (const file of [join(resources, 'default_app.asar'), 'version']) rmSync(join(appOutDir, file), { force: true })
}

/** Called when the app's folder is complete, right before electron-builder sets the fuses it knows, and signs. */
export function afterPack({ appOutDir, electronPlatformName, packager }: AfterPackContext): void {
  const name = packager.appInfo.productFilename
  const binary = {
    darwin: `${name}.app/Contents/Frameworks/Electron Framework.framework/Electron Framework`,
    win32: `${name}.exe`,
  }[electronPlatformName]
  // On Linux the program has the name of `executableName`, which is also the name in package.json.
  const file = join(appOutDir, binary ?? packager.appInfo.name)
  const bytes = readFileSync(file)
  setRemainingFuses(bytes)
  writeFileSync(file, bytes)
}
