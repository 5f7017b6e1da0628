import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PROJECT = join(import.meta.dirname, '../../..')

/** One change of the built program: the text must be there exactly once. */
export interface Replacement {
  readonly from: string
  readonly to: string
}

/** A copy of the built desktop app, with changes. */
export interface FaultyBuild {
  readonly root: string
  remove(): void
}

/** Copies what the desktop app runs on; what no change touches is only pointed to. */
export function faultyBuild(replacements: readonly Replacement[]): FaultyBuild {
  const root = mkdtempSync(join(tmpdir(), 'sightline-fault-'))
  try {
    mkdirSync(join(root, 'out'))
    cpSync(join(PROJECT, 'out/electron'), join(root, 'out/electron'), {
      recursive: true,
      filter: (source) => !source.endsWith('.map'),
    })
    for (const name of ['out/renderer', 'node_modules', 'electron', 'package.json'])
      symlinkSync(join(PROJECT, name), join(root, name))
    for (const replacement of replacements) replaceOnce(root, replacement)
    return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
  } catch (error) {
    rmSync(root, { recursive: true, force: true })
    throw error
  }
}

function replaceOnce(root: string, { from, to }: Replacement): void {
  const files = ['main.js', 'preload.cjs', ...globSync('chunks/*.js', { cwd: join(root, 'out/electron') })]
  const holding = files
    .map((name) => join(root, 'out/electron', name))
    .map((file) => ({ file, parts: readFileSync(file, 'utf8').split(from) }))
    .filter(({ parts }) => parts.length > 1)
  const [only] = holding
  if (only === undefined || holding.length > 1 || only.parts.length > 2)
    throw new Error(`the built app must hold this exactly once, to be made faulty: ${from}`)
  writeFileSync(only.file, only.parts.join(to))
}
