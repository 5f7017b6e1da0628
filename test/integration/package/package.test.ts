import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { extractFile, getRawHeader } from '@electron/asar'
import { FuseVersion, getCurrentFuseWire } from '@electron/fuses'
import { FUSES } from '../../../electron/packaging/fuses.ts'
import { asarIn, type Inspection, inspect } from '../../../electron/packaging/inspect.ts'
import { appIn, copyTree, packTree } from './tree.ts'

const ASAR_BELOW_BYTES = 8e6
const UNPACKED_BELOW_BYTES = 25e6
const [OFF, ON] = ['0'.charCodeAt(0), '1'.charCodeAt(0)]

let folder = ''
let app = ''
let said = ''
let packed: Inspection
let again: Inspection

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-package-'))
  // Of different depth, so that a path which leaks into a bundle changes it.
  const [tree, other] = [join(folder, 'one'), join(folder, 'a/deeper/two')]
  copyTree(tree)
  // From the copy: somebody may be writing in the project meanwhile.
  copyTree(other, tree)
  ;[said] = await Promise.all([packTree(tree), packTree(other)])
  app = appIn(tree)
  packed = inspect(app, 'linux')
  again = inspect(appIn(other), 'linux')
})
after(() => rm(folder, { recursive: true, force: true }))

test('the same tree gives the same archive in two folders', () => {
  assert.equal(packed.asarHash, again.asarHash)
})

// What may be in the package; every file matches one line, and every line matches a file.
const ALLOWED: readonly RegExp[] = [
  /^package\.json$/,
  /^LICENSE$/,
  /^THIRD-PARTY-LICENCES\.txt$/,
  /^electron\/icons\/(icon|tray-(direct|relayed|none)(@2x)?|trayTemplate(@2x)?)\.png$/,
  /^out\/electron\/(main\.js|preload\.cjs|storage-worker\.js|argon2-worker\.js)$/,
  /^out\/electron\/chunks\/[\w-]+\.js$/,
  /^out\/renderer\/(index\.html|icon\.svg)$/,
  /^out\/renderer\/assets\/[\w-]+\.(js|css)$/,
  /^node_modules\/better-sqlite3-multiple-ciphers\/(LICENSE|package\.json|lib\/[\w/-]+\.js)$/,
  new RegExp(`^node_modules/better-sqlite3-multiple-ciphers/prebuilds/linux-${process.arch}\\.node$`),
  new RegExp(
    `^node_modules/@chainsafe/libp2p-quic-linux-${process.arch}-gnu/(LICENSE|package\\.json|[\\w.-]+\\.node)$`,
  ),
  new RegExp(`^node_modules/@node-datachannel/linux-${process.arch}-gnu/(LICENSE|package\\.json|[\\w.-]+\\.node)$`),
]

test('the archive holds what runs, and nothing else', () => {
  const strange = packed.files.filter((file) => !ALLOWED.some((line) => line.test(file)))
  assert.deepEqual(strange, [])
  const unused = ALLOWED.filter((line) => !packed.files.some((file) => line.test(file)))
  assert.deepEqual(unused, [])
})

test('three native files lie beside the archive, and only they', () => {
  const unpacked: string[] = []
  const walk = (node: object, path: string) => {
    for (const [name, entry] of Object.entries(node)) {
      if ('files' in entry) walk(entry.files, `${path}${name}/`)
      else if (entry.unpacked === true) unpacked.push(`${path}${name}`)
    }
  }
  walk(getRawHeader(asarIn(app, 'linux')).header.files, '')
  assert.deepEqual(
    unpacked,
    packed.files.filter((file) => file.endsWith('.node')),
  )
  assert.equal(unpacked.length, 3)
})

test('the licence of every package inside is inside', () => {
  const text = extractFile(asarIn(app, 'linux'), 'THIRD-PARTY-LICENCES.txt').toString()
  for (const name of [
    'libp2p',
    'react',
    'react-dom',
    'node-datachannel',
    '@chainsafe/libp2p-quic',
    '@noble/ciphers',
    'ws',
  ])
    assert.match(text, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'), name)
  assert.doesNotMatch(text, /^(vite|electron-builder|typescript|@playwright\/test) \d/m)
  assert.match(text, /Mozilla Public License/)
  for (const name of packed.files.filter((file) => file.endsWith('.node'))) {
    const owner = /^node_modules\/(@[^/]+\/)?[^/]+/.exec(name)?.[0]
    assert.ok(packed.files.includes(`${owner}/LICENSE`), owner)
  }
})

test('no bundle names a folder of the machine it was made on', () => {
  const asar = asarIn(app, 'linux')
  for (const file of packed.files.filter((each) => !/\.(node|png)$/.test(each)))
    assert.ok(!extractFile(asar, file).toString().includes(folder), file)
})

test('the languages of Electron are those of the app', () => {
  assert.deepEqual(
    ['de', 'en-GB', 'en-US', 'fr'].filter((name) => {
      try {
        return readFileSync(join(app, `locales/${name}.pak`)) !== undefined
      } catch {
        return false
      }
    }),
    ['de', 'en-GB', 'en-US'],
  )
})

test('a package with a fabricated runtime says that it cannot be started', () => {
  assert.match(said, /fabricated runtime: the package cannot be started as a desktop app/)
})

test('sizes are bounded', (t) => {
  const { asarBytes, unpackedBytes } = packed
  t.diagnostic(`asar ${(asarBytes / 1e6).toFixed(1)} MB, native files ${(unpackedBytes / 1e6).toFixed(1)} MB`)
  assert.ok(asarBytes < ASAR_BELOW_BYTES, `${asarBytes} bytes`)
  assert.ok(unpackedBytes < UNPACKED_BELOW_BYTES, `${unpackedBytes} bytes`)
})

// The fabricated runtime has every fuse the other way round, so each of these fails when its line is missing.
for (const [index, { name, isOn }] of FUSES.entries()) {
  test(`fuse: ${name} is ${isOn ? 'on' : 'off'}`, async () => {
    const wire: Readonly<Record<string, unknown>> = await getCurrentFuseWire(join(app, 'sightline'))
    assert.equal(wire['version'], FuseVersion.V1)
    assert.equal(wire[String(index)], isOn ? ON : OFF)
  })
}

test('no fuse is left that nobody decided on', async () => {
  const wire: Readonly<Record<string, unknown>> = await getCurrentFuseWire(join(app, 'sightline'))
  const { version: _, ...fuses } = wire
  assert.equal(Object.keys(fuses).length, FUSES.length)
})
