import { spawn } from 'node:child_process'
import { cpSync, existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')
const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'electron-builder.yml',
  'LICENSE',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]
/** Packing takes about ten seconds here. */
const PACKS_WITHIN_MS = 120_000

/** Copies what a package is made of into a folder of its own, as a second clone would have it. */
export function copyTree(into: string, from = ROOT): void {
  mkdirSync(into, { recursive: true })
  for (const name of SOURCES) cpSync(join(from, name), join(into, name), { recursive: true })
  linkFolder(join(from, 'node_modules'), join(into, 'node_modules'))
}

/** Hard links instead of 300 MB of copies; a symbolic link to the folder would be seen through by the bundler. */
function linkFolder(from: string, to: string): void {
  mkdirSync(to)
  for (const name of readdirSync(from)) {
    // What tools keep for themselves.
    if (name.startsWith('.') && name !== '.bin') continue
    const [source, target] = [join(from, name), join(to, name)]
    const found = lstatSync(source)
    if (found.isDirectory()) linkFolder(source, target)
    else if (found.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else linkOrCopy(source, target)
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target)
  } catch {
    // Another file system.
    cpSync(source, target)
  }
}

/** `npm run package -- --dir` in a tree; what it printed. The app lies in out/package/linux-unpacked. */
export async function packTree(tree: string, args: readonly string[] = []): Promise<string> {
  const child = spawn(process.execPath, ['electron/packaging/main.ts', '--dir', '--linux', ...args], {
    cwd: tree,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PACKS_WITHIN_MS,
  })
  const said: string[] = []
  child.stdout.on('data', (data: Buffer) => said.push(data.toString()))
  child.stderr.on('data', (data: Buffer) => said.push(data.toString()))
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject))
  const text = said.join('')
  if (code !== 0) throw new Error(`packing ended with ${code}:\n${text}`)
  return text
}

/** The folder of a packed app; throws when it is not there. */
export function appIn(tree: string): string {
  const app = join(tree, 'out/package', process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`)
  if (!existsSync(app)) throw new Error(`${app} is not there`)
  return app
}
