import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const ROOT = join(import.meta.dirname, '../../..')
const read = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'))

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}
interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly license?: string; readonly link?: boolean }>
  >
}
const manifest = read('package.json') as Manifest
const lock = read('package-lock.json') as Lock
const installed = Object.entries(lock.packages).filter(([path]) => path.startsWith('node_modules/'))
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

test('every version in package.json is exact', () => {
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    ([, version]) => !/^(\d+\.\d+\.\d+|file:test\/.+)$/.test(version),
  )
  assert.deepEqual(loose, [])
})

// Licences that allow what we do with a package (bundle it, ship it, build with it). MPL-2.0: node-datachannel, lightningcss, axe-core.
const LICENCES = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'MPL-2.0',
  'MPL 2.0',
  'Unlicense',
  'CC0-1.0',
  'BlueOak-1.0.0',
  'Python-2.0',
  'CC-BY-4.0',
  'WTFPL',
  'Zlib',
])

test('every package has a licence from the list', () => {
  const others = installed
    .filter(([path, entry]) => !entry.link && !isAllowed(entry.license ?? licenceOnDisk(path)))
    .map(([path, entry]) => `${nameOf(path)}: ${entry.license ?? licenceOnDisk(path)}`)
  assert.deepEqual(others, [])
})

/** SPDX expressions of one level: `(MIT OR Apache-2.0)` needs one of them, `A AND B` all. */
function isAllowed(expression: string | undefined): boolean {
  if (expression === undefined) return false
  const plain = expression.replace(/[()]/g, '')
  if (plain.includes(' AND ')) return plain.split(' AND ').every((each) => LICENCES.has(each.trim()))
  return plain.split(' OR ').some((each) => LICENCES.has(each.trim()))
}

function licenceOnDisk(path: string): string | undefined {
  const file = join(ROOT, path, 'package.json')
  if (!existsSync(file)) return undefined
  const found = JSON.parse(readFileSync(file, 'utf8')) as {
    license?: string | { type?: string }
    licenses?: readonly { type?: string }[]
  }
  const { license = found.licenses?.[0] } = found
  return typeof license === 'string' ? license : license?.type
}

// The first versions without a published hole that would reach our users.
const FLOORS: Readonly<Record<string, string>> = {
  '@libp2p/webrtc': '6.0.28', // CVE-2026-103936: one packet ends the process
  '@libp2p/gossipsub': '16.0.5', // CVE-2026-46679 and control-message limits
  '@chainsafe/libp2p-noise': '5.0.3',
  '@chainsafe/libp2p-quic': '2.0.1', // quinn-proto 0.11.14, CVE-2026-31812
  electron: '45.3.4',
}

const isAtLeast = (version: string, floor: string) => {
  const [a, b] = [version, floor].map((each) => each.split('.').map(Number))
  for (let i = 0; i < 3; i += 1) if ((a?.[i] ?? 0) !== (b?.[i] ?? 0)) return (a?.[i] ?? 0) > (b?.[i] ?? 0)
  return true
}

for (const [name, floor] of Object.entries(FLOORS)) {
  test(`${name} is at least ${floor} wherever it is installed`, () => {
    const versions = installed.filter(([path]) => nameOf(path) === name).map(([, entry]) => entry.version ?? '0.0.0')
    assert.ok(versions.length > 0, `${name} is not in the lockfile`)
    assert.deepEqual(
      versions.filter((version) => !isAtLeast(version, floor)),
      [],
    )
  })
}
