// Which shell `npm start` opens. Bundled for start.mjs, which must also run on a Node too old for these sources.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hasScreen } from '../loopback/browser.ts'
import { isOwnLink } from '../program/links.ts'
import { type ProgramOptions, readOptions } from '../program/options.ts'
import { download, failureMemory } from './download.ts'
import { runElectron } from './electron-process.ts'
import { type Obstacle, reasonLine } from './reasons.ts'
import { electronPackage, findRuntime } from './runtime.ts'

/** `ended`: the desktop window was there, and was left. `browser`: open the loopback shell, after this line. */
export type Choice =
  | { readonly is: 'ended'; readonly exitCode: number }
  | { readonly is: 'browser'; readonly reason?: string }

export interface Surroundings {
  readonly root: string
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly platform?: NodeJS.Platform
  /** Of the person; undefined on Windows. */
  readonly userId?: number | undefined
  readonly stalledAfterMs?: number
}

/** Runs the desktop app where that is possible, and otherwise says why not. */
export async function chooseShell(surroundings: Surroundings): Promise<Choice> {
  const { root, args, environment = process.env, platform = process.platform } = surroundings
  const read = readOptions(args, environment, platform)
  // The other shell says what is wrong with them, or what is understood.
  if (!read.ok || read.value === 'help') return { is: 'browser' }
  const options = read.value
  const obstacle = obstacleBefore(options, surroundings)
  if (obstacle !== undefined) return browser(obstacle)
  const runtime = await runtimeOf(options, surroundings)
  if (typeof runtime !== 'string') return browser(runtime)
  const ran = await runElectron(runtime, argumentsFor(root, args), environment)
  return ran.is === 'ended' ? ran : browser(ran.obstacle)
}

const browser = (obstacle: Obstacle): Choice => ({ is: 'browser', reason: reasonLine(obstacle) })

/** What speaks against a window without looking at Electron at all. */
function obstacleBefore(
  options: ProgramOptions,
  { environment = process.env, platform = process.platform, userId = process.getuid?.() }: Surroundings,
): Obstacle | undefined {
  // A port and a link that is only printed are things of the browser.
  if (options.shell === 'browser' || !options.opensBrowser || options.port !== 0) return { is: 'asked' }
  if (userId === 0) return { is: 'root' }
  return hasScreen(environment, platform) ? undefined : { is: 'no-display' }
}

/** Electron's program, fetched if need be. */
async function runtimeOf(
  options: ProgramOptions,
  { root, environment = process.env, platform = process.platform, stalledAfterMs }: Surroundings,
): Promise<string | Obstacle> {
  const found = findRuntime(root, environment, platform)
  if (found !== undefined) return found
  const folder = electronPackage(root)
  const installer = join(folder, 'install.js')
  if (environment['ELECTRON_OVERRIDE_DIST_PATH'] || !existsSync(installer)) return { is: 'not-installed' }
  const memory = failureMemory(join(root, 'out', 'electron-download-failed'))
  if (options.shell !== 'desktop' && memory.isFresh()) return { is: 'failed-before' }
  if (process.stderr.isTTY) process.stderr.write('Fetching Electron, once (about 110 MB)…\n')
  const fetched = await download({
    installer,
    into: join(folder, 'dist'),
    ...(stalledAfterMs === undefined ? {} : { stalledAfterMs }),
  })
  const runtime = fetched.ok ? findRuntime(root, environment, platform) : undefined
  if (runtime !== undefined) {
    memory.forget()
    return runtime
  }
  const why = fetched.ok ? 'it did not unpack' : fetched.failure
  memory.remember(why)
  return { is: 'not-downloaded', why }
}

/** Electron refuses a command line with options behind a link, to protect against links that carry some. */
function argumentsFor(root: string, args: readonly string[]): readonly string[] {
  const links = args.filter(isOwnLink)
  const others = args.filter((each) => each !== '--' && !isOwnLink(each))
  return [root, ...others, ...(links.length === 0 ? [] : ['--', ...links])]
}
