import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ICNS_KINDS, ICO_SIZES, icnsFile, icoFile } from '../../../electron/icons/containers.ts'
import { TRAY_SIZE, TRAY_STATES } from '../../../electron/icons/pictures.ts'
import { FUSES, setRemainingFuses, unsetWire } from '../../../electron/packaging/fuses.ts'
import { readPackageOptions } from '../../../electron/packaging/options.ts'

const ROOT = join(import.meta.dirname, '../../..')
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
const icon = (file: string): Buffer => readFileSync(join(ROOT, 'electron/icons', file))

/** Width and height from the header of a PNG; undefined = it is none. */
function pngSize(file: Buffer): readonly [number, number] | undefined {
  if (file.toString('latin1', 1, 4) !== 'PNG') return undefined
  return [file.readUInt32BE(16), file.readUInt32BE(20)]
}

const PNGS: readonly (readonly [file: string, size: number])[] = [
  ['icon.png', 512],
  ...[...TRAY_STATES.map((state) => `tray-${state}`), 'trayTemplate'].flatMap((name) => [
    [`${name}.png`, TRAY_SIZE] as const,
    [`${name}@2x.png`, 2 * TRAY_SIZE] as const,
  ]),
]

for (const [file, size] of PNGS) {
  test(`icon: ${file} is ${size} × ${size}`, () => assert.deepEqual(pngSize(icon(file)), [size, size]))
}

test('the Windows icon holds every size, each as large as it says', () => {
  const file = icon('icon.ico')
  const sizes = Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const entry = 6 + 16 * index
    const [bytes, offset] = [file.readUInt32LE(entry + 8), file.readUInt32LE(entry + 12)]
    const size = file.readUInt8(entry) || 256
    assert.deepEqual(pngSize(file.subarray(offset, offset + bytes)), [size, size])
    return size
  })
  assert.deepEqual(sizes, ICO_SIZES)
})

test('the Apple icon holds every kind, each as large as it says', () => {
  const file = icon('icon.icns')
  assert.equal(file.readUInt32BE(4), file.length)
  const found: Record<string, number> = {}
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    const [size = 0] = pngSize(file.subarray(at + 8)) ?? []
    found[file.toString('latin1', at, at + 4)] = size
  }
  assert.deepEqual(found, ICNS_KINDS)
})

test('an icon file without a picture of each size is not written', () => {
  assert.throws(() => icnsFile([]), /no picture of 32 pixels/)
  assert.equal(icoFile([{ size: 256, png: Buffer.from('x') }]).readUInt8(6), 0)
})

/** The fuses a text of electron-builder.yml sets: name -> on. */
function fusesOf(text: string): Readonly<Record<string, boolean>> {
  const section = /^electronFuses:\n((?: .*\n)*)/m.exec(text)?.[1] ?? ''
  return Object.fromEntries(
    [...section.matchAll(/^ {2}(\w+): (true|false)$/gm)].map(([, name = '', value]) => [name, value === 'true']),
  )
}
const BUILDER = read('electron-builder.yml')
// Set by the packing itself, because electron-builder does not know it.
const NINTH = 'wasmTrapHandlers'
const wanted = Object.fromEntries(FUSES.filter(({ name }) => name !== NINTH).map(({ name, isOn }) => [name, isOn]))

test('electron-builder.yml sets every fuse it can as electron/packaging/fuses.ts says', () => {
  const { resetAdHocDarwinSignature: _, ...set } = fusesOf(BUILDER)
  assert.deepEqual(set, wanted)
})

for (const { name, isOn } of FUSES) {
  if (name === NINTH) continue
  test(`a package with the fuse ${name} ${isOn ? 'off' : 'on'} is noticed`, () => {
    const { resetAdHocDarwinSignature: _, ...set } = fusesOf(BUILDER.replace(`${name}: ${isOn}`, `${name}: ${!isOn}`))
    assert.notDeepEqual(set, wanted)
  })
}

test('an Electron with a fuse more or less than decided on is refused', () => {
  const wire = unsetWire()
  const count = wire.length - FUSES.length - 1
  for (const other of [FUSES.length + 1, FUSES.length - 1]) {
    const changed = Buffer.from(wire)
    changed[count] = other
    assert.throws(() => setRemainingFuses(changed), /decides on 9/)
  }
  assert.throws(() => setRemainingFuses(Buffer.from('no Electron')), /no fuse wire/)
})

test('both wires of a universal binary are set', () => {
  const both = Buffer.concat([unsetWire(), Buffer.from('between'), unsetWire()])
  setRemainingFuses(both)
  const length = unsetWire().length
  assert.equal(String.fromCharCode(both[length - 1] ?? 0), '1')
  assert.equal(String.fromCharCode(both.at(-1) ?? 0), '1')
})

test('the package never turns the sandbox off, opens our links, and is made for each system', () => {
  const settings = BUILDER.replace(/^\s*#.*$/gm, '')
  assert.doesNotMatch(settings, /sandbox/)
  // Absent, electron-builder starts an AppImage without the sandbox.
  assert.match(settings, /^appImage:\n\s+executableArgs: \[\]$/m)
  assert.match(settings, /schemes: \[sightline\]/)
  for (const target of [/AppImage, deb, tar\.gz/, /\[nsis\]/, /\[dmg\]/]) assert.match(settings, target)
})

const MACHINE = { platform: 'linux', arch: 'x64' }
const ASKED: readonly (readonly [args: readonly string[], platform: string, arch: string])[] = [
  [[], 'linux', 'x64'],
  [['--dir'], 'linux', 'x64'],
  [['--win'], 'win32', 'x64'],
  [['--mac', '--arch', 'arm64'], 'darwin', 'arm64'],
]

for (const [args, platform, arch] of ASKED) {
  test(`npm run package -- ${args.join(' ')}: ${platform}-${arch}`, () => {
    const options = readPackageOptions(args, MACHINE)
    assert.ok(options.ok && options.value !== 'help')
    assert.deepEqual(options.value.target, { platform, arch })
    assert.equal(options.value.isFolderOnly, args.includes('--dir'))
  })
}

const REFUSED: readonly (readonly [args: readonly string[], sentence: RegExp])[] = [
  [['--linux', '--mac'], /One system at a time/],
  [['--arch', 'ia32'], /There is no package for ia32/],
  [['--frobnicate'], /Unknown option '--frobnicate'.*--help/],
  [['--electron'], /argument missing.*--help/],
]

for (const [args, sentence] of REFUSED) {
  test(`npm run package -- ${args.join(' ')} is refused with a sentence`, () => {
    const options = readPackageOptions(args, MACHINE)
    assert.ok(!options.ok)
    assert.match(options.failure, sentence)
  })
}

test('on a system without packages it says which there are', () => {
  const options = readPackageOptions([], { platform: 'freebsd', arch: 'x64' })
  assert.ok(!options.ok)
  assert.match(options.failure, /say --linux, --win or --mac/)
})

const WORKFLOW = read('.github/workflows/ci.yml')
const STEPS: readonly RegExp[] = [
  /^permissions:\n {2}contents: read$/m,
  /- run: npm ci$/m,
  /- run: npm test$/m,
  /- run: npm run check$/m,
  /- run: npm run test:unit$/m,
  /run: npx --no-install install-electron$/m,
  /run: xvfb-run --auto-servernum npm run test:app$/m,
  /run: npm run test:app$/m,
  /- run: npm run package$/m,
  /uses: actions\/upload-artifact@/,
  /- run: npm audit --omit=dev$/m,
]

for (const step of STEPS) {
  test(`the public workflow has ${step.source}`, () => assert.match(WORKFLOW, step))
}

test('the public workflow runs on the three systems, knows no secret, and never turns the sandbox off', () => {
  for (const system of ['ubuntu-', 'windows-', 'macos-']) assert.match(WORKFLOW, new RegExp(`\\b${system}`))
  assert.doesNotMatch(WORKFLOW, /secrets\.|pull_request_target|no-sandbox/)
  for (const [, script = ''] of WORKFLOW.matchAll(/npm run ([\w:]+)/g))
    assert.ok(read('package.json').includes(`"${script}":`), script)
})
