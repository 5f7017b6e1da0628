/**
 * `npm run package`: builds, lays out what belongs into the package, and lets electron-builder make the app's folder and the
 * installers named in electron-builder.yml. Ends with the sizes and the hash of the archive.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from './inspect.ts'
import type { Target } from './native.ts'
import { type PackageOptions, readPackageOptions, USAGE } from './options.ts'
import { chooseRuntime, type Runtime } from './runtime.ts'
import { stage } from './stage.ts'

const root = join(import.meta.dirname, '../..')
const output = join(root, 'out/package')
const ICONS = ['icon.png', 'icon.ico', 'icon.icns']
/** electron-builder's words for a system: its flag and its folder. */
const WORDS = {
  linux: { flag: '--linux', folder: 'linux' },
  win32: { flag: '--win', folder: 'win' },
  darwin: { flag: '--mac', folder: 'mac' },
}

try {
  const options = readPackageOptions(process.argv.slice(2))
  if (!options.ok) throw new Error(options.failure)
  if (options.value === 'help') console.log(USAGE)
  else pack(options.value)
} catch (error) {
  console.error(`Not packed: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}

function pack({ target, isFolderOnly, electron }: PackageOptions): void {
  const missing = ICONS.filter((icon) => !existsSync(join(root, 'electron/icons', icon)))
  if (missing.length > 0) throw new Error(`${missing.join(', ')} missing: run \`node electron/icons/draw.ts\`.`)
  run('electron/build.ts', ['--quiet'])
  const staged = stage(root, join(output, 'app'), target)
  const runtime = chooseRuntime({
    root,
    target,
    asked: electron,
    isFolderOnly,
    fabricateIn: join(output, 'fabricated-runtime'),
  })
  const app = join(output, folderName(target))
  rmSync(app, { recursive: true, force: true })
  run('node_modules/electron-builder/cli.js', [
    WORDS[target.platform].flag,
    ...(isFolderOnly ? ['--dir'] : []),
    `--${target.arch}`,
    '--publish',
    'never',
    '--config',
    'electron-builder.yml',
    ...(runtime.kind === 'downloaded' ? [] : [`--config.electronDist=${runtime.folder}`]),
  ])
  report(app, staged, target, runtime)
}

/** Runs one of our programs, or one of npm's, as a program of this Node. What it says is shown. */
function run(program: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [join(root, program), ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${program} ended with ${status}.`)
}

function folderName({ platform, arch }: Target): string {
  // electron-builder leaves the usual processor out of the name.
  const middle = arch === 'x64' ? '' : `-${arch}`
  return platform === 'darwin' ? `mac${middle}` : `${WORDS[platform].folder}${middle}-unpacked`
}

function report(app: string, staged: readonly string[], target: Target, runtime: Runtime): void {
  const { files, asarBytes, asarHash, unpackedBytes, wholeBytes } = inspect(app, target.platform)
  const strange = [
    ...files.filter((file) => !staged.includes(file)).map((file) => `+ ${file}`),
    ...staged.filter((file) => !files.includes(file)).map((file) => `- ${file}`),
  ]
  if (strange.length > 0) throw new Error(`the archive is not what was laid out:\n${strange.join('\n')}`)
  console.log(`packed ${app}`)
  if (runtime.kind === 'fabricated')
    console.log('fabricated runtime: the package cannot be started as a desktop app (no Electron was downloaded here)')
  console.log(
    `asar ${megabytes(asarBytes)}, native files beside it ${megabytes(unpackedBytes)}, all ${megabytes(wholeBytes)}`,
  )
  console.log(`asar sha256 ${asarHash}`)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
