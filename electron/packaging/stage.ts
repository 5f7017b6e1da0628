import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { licenceFiles, licencesOf } from './licences.ts'
import { nativePackages, type Target } from './native.ts'

/** What Electron starts. The loopback shell and the relay stay outside: they are programs for Node, and this is none. */
const PROGRAMS = ['main.js', 'preload.cjs', 'storage-worker.js', 'argon2-worker.js']
const LICENCES_FILE = 'THIRD-PARTY-LICENCES.txt'

/**
 * Lays out in `into` exactly what the package will contain, and returns the files in order. Only what is named here gets
 * in, so a new dependency or a stray file cannot.
 */
export function stage(root: string, into: string, target: Target): string[] {
  rmSync(into, { recursive: true, force: true })
  const staged: string[] = []
  const write = (file: string, content: string | Buffer) => {
    mkdirSync(dirname(join(into, file)), { recursive: true })
    writeFileSync(join(into, file), content)
    staged.push(file)
  }
  const copy = (from: string, file: string) => {
    mkdirSync(dirname(join(into, file)), { recursive: true })
    cpSync(join(root, from), join(into, file), { dereference: true })
    // An archive remembers who may run a file; that must not depend on who packs.
    chmodSync(join(into, file), 0o644)
    staged.push(file)
  }

  const programs = reachable(join(root, 'out/electron'), PROGRAMS).map((file) => `out/electron/${file}`)
  const pages = filesBelow(join(root, 'out/renderer')).map((file) => `out/renderer/${file}`)
  for (const file of programs) copy(file, file)
  for (const file of pages) if (!file.endsWith('.map')) copy(file, file)
  for (const file of filesBelow(join(root, 'electron/icons')))
    if (file.endsWith('.png')) copy(`electron/icons/${file}`, `electron/icons/${file}`)
  const natives = nativePackages(root, target)
  for (const { name, files, licenceFrom } of natives) {
    for (const file of files) {
      if (file === 'package.json') write(`node_modules/${name}/${file}`, plainManifest(root, name))
      else copy(`node_modules/${name}/${file}`, `node_modules/${name}/${file}`)
    }
    if (licenceFrom !== name)
      for (const file of licenceFiles(join(root, 'node_modules', licenceFrom)))
        copy(`node_modules/${licenceFrom}/${file}`, `node_modules/${name}/${file}`)
  }
  copy('LICENSE', 'LICENSE')
  const maps = [...programs, ...pages].filter((file) => !file.endsWith('.map')).map((file) => join(root, `${file}.map`))
  write(LICENCES_FILE, licencesOf(root, [...new Set(maps)].filter(existsSync)))
  write(
    'package.json',
    manifest(
      root,
      natives.map(({ name }) => name),
    ),
  )
  return staged.sort()
}

/** The bundles and every chunk they name, directly or through another chunk. */
function reachable(folder: string, entries: readonly string[]): string[] {
  const found = new Set<string>()
  const visit = (file: string) => {
    if (found.has(file)) return
    found.add(file)
    const text = readFileSync(join(folder, file), 'utf8')
    for (const [, named = ''] of text.matchAll(/["'](\.{1,2}\/[^"'\n]+\.js)["']/g)) {
      const other = posix.join(posix.dirname(file), named)
      if (!other.startsWith('..') && existsSync(join(folder, other))) visit(other)
    }
  }
  for (const entry of entries) {
    if (!existsSync(join(folder, entry))) throw new Error(`out/electron/${entry} is not built`)
    visit(entry)
  }
  return [...found].sort()
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}

function readManifest(root: string, folder = ''): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
}

/** A native package without what it needed while it was made. */
function plainManifest(root: string, name: string): string {
  const { version, license, main } = readManifest(root, `node_modules/${name}`)
  return json({ name, version, license, main })
}

/** The package's own package.json: what Electron, the system's menus and `findInstallation` read. */
function manifest(root: string, natives: readonly string[]): string {
  const { name, version, description, license, author, homepage, type, main } = readManifest(root)
  const versions = natives.map((native) => [native, readManifest(root, `node_modules/${native}`)['version']] as const)
  return json({
    name,
    productName: 'Sightline',
    // Linux finds the window's icon and name by it.
    desktopName: 'sightline.desktop',
    version,
    description,
    license,
    author,
    homepage,
    type,
    main,
    dependencies: Object.fromEntries(versions),
  })
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`
