import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unsetWire } from './fuses.ts'
import type { Target } from './native.ts'

/** What the app is packed with: a real Electron from a folder, one that electron-builder downloads, or a fabricated one. */
export type Runtime =
  | { readonly kind: 'folder' | 'fabricated'; readonly folder: string }
  | { readonly kind: 'downloaded' }

/** The name of the program inside a folder of Electron. */
const PROGRAM = { linux: 'electron', win32: 'electron.exe', darwin: 'Electron.app' }

/**
 * Chooses the runtime. A folder only (`isFolderOnly`, --dir) can be packed without the network: where no Electron was
 * downloaded, with a fabricated one. Throws a sentence for a person.
 */
export function chooseRuntime({
  root,
  target,
  asked,
  isFolderOnly,
  fabricateIn,
}: {
  readonly root: string
  readonly target: Target
  readonly asked: string | undefined
  readonly isFolderOnly: boolean
  readonly fabricateIn: string
}): Runtime {
  if (asked !== undefined) {
    if (!existsSync(join(asked, PROGRAM[target.platform])))
      throw new Error(
        `${asked} holds no ${PROGRAM[target.platform]}: --electron takes the folder Electron was unpacked into.`,
      )
    return { kind: 'folder', folder: asked }
  }
  const installed = join(root, 'node_modules/electron/dist')
  const isOurs = target.platform === process.platform && target.arch === process.arch
  if (isOurs && existsSync(join(installed, PROGRAM[target.platform]))) return { kind: 'folder', folder: installed }
  if (!isFolderOnly || target.platform !== 'linux') return { kind: 'downloaded' }
  fabricate(fabricateIn)
  return { kind: 'fabricated', folder: fabricateIn }
}

const SENTENCE = 'This is not Electron: Sightline was packed with a fabricated runtime, to look at the package only.'

/**
 * A folder shaped like Electron's for Linux. Its program says what it is and ends; behind that lie real fuses, all set the
 * other way round, so that setting them and reading them back is the same as with Electron.
 */
function fabricate(folder: string): void {
  const files: Readonly<Record<string, string | Buffer>> = {
    electron: Buffer.concat([
      Buffer.from(`#!/bin/sh\necho '${SENTENCE}' >&2\nexit 1\n`),
      unsetWire(),
      Buffer.from('\n'),
    ]),
    LICENSE: 'fabricated\n',
    'LICENSES.chromium.html': 'fabricated\n',
    version: '0.0.0\n',
    'resources/default_app.asar': 'fabricated\n',
    'chrome-sandbox': 'fabricated\n',
    'locales/de.pak': '',
    'locales/en-GB.pak': '',
    'locales/en-US.pak': '',
    'locales/fr.pak': '',
  }
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), content)
  }
  chmodSync(join(folder, 'electron'), 0o755)
}
