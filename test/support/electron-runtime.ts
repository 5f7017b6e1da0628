import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const PACKAGE = join(import.meta.dirname, '../../node_modules/electron')

/** Where Electron's runtime lies on this machine, or why it cannot be used. Nothing is downloaded. */
export type Runtime =
  | { readonly isThere: true; readonly program: string }
  | { readonly isThere: false; readonly reason: string }

/** Looks where `npm start` looks. */
export function electronRuntime(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  folder: string = environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(PACKAGE, 'dist'),
): Runtime {
  const program = join(folder, programName(folder))
  if (!existsSync(program)) return { isThere: false, reason: 'Electron’s runtime is not on this machine' }
  if (process.platform !== 'linux') return { isThere: true, program }
  if (process.getuid?.() === 0) return { isThere: false, reason: 'Electron does not run as root with its sandbox' }
  const hasScreen = environment['DISPLAY'] !== undefined || environment['WAYLAND_DISPLAY'] !== undefined
  return hasScreen ? { isThere: true, program } : { isThere: false, reason: 'Electron needs a display' }
}

/** The package writes it down when it unpacks the runtime. */
function programName(folder: string): string {
  const file = join(folder, '..', 'path.txt')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}
