import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Target } from './native.ts'

/** What `npm run package` was asked for. */
export interface PackageOptions {
  readonly target: Target
  /** Only the folder of the app, no installers. */
  readonly isFolderOnly: boolean
  /** A folder with an unpacked Electron. */
  readonly electron: string | undefined
}

export const USAGE = `npm run package -- [options]
  --dir            only the folder of the app, no installers: needs no network
  --linux, --win, --mac
                   the system (default: this one)
  --arch ARCH      x64 or arm64 (default: this machine's)
  --electron DIR   the folder of an unpacked Electron to pack with
  --help           this text`

const ARCHS: readonly string[] = ['x64', 'arm64'] satisfies readonly Target['arch'][]

/** Reads the command line; the failure is a sentence for the person who typed it. */
export function readPackageOptions(
  args: readonly string[],
  machine: { readonly platform: string; readonly arch: string } = process,
): Result<PackageOptions | 'help', string> {
  const read = parse(args)
  if (!read.ok) return read
  const { values } = read
  if (values.help) return ok('help')
  const systems = [values.linux && 'linux', values.win && 'win32', values.mac && 'darwin'].filter(
    (system) => typeof system === 'string',
  )
  if (systems.length > 1) return err('One system at a time: --linux, --win or --mac.')
  const platform = systems[0] ?? machine.platform
  const arch = values.arch ?? machine.arch
  if (!isPlatform(platform)) return err(`There is no package for ${platform}: say --linux, --win or --mac.`)
  if (!isArch(arch)) return err(`There is no package for ${arch}: --arch takes x64 or arm64.`)
  return ok({
    target: { platform, arch },
    isFolderOnly: values.dir ?? false,
    electron: values.electron === undefined ? undefined : resolve(values.electron),
  })
}

const isPlatform = (word: string): word is Target['platform'] => ['linux', 'win32', 'darwin'].includes(word)
const isArch = (word: string): word is Target['arch'] => ARCHS.includes(word)

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        arch: { type: 'string' },
        dir: { type: 'boolean' },
        electron: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        linux: { type: 'boolean' },
        mac: { type: 'boolean' },
        win: { type: 'boolean' },
      },
    })
    return { ok: true as const, values }
  } catch (error) {
    const why = error instanceof Error ? (error.message.split(/\.?(?:\n|\. |$)/)[0] ?? error.message) : String(error)
    return err(`${why}. \`npm run package -- --help\` lists what is understood.`)
  }
}
