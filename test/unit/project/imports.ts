import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')
const STATEMENT =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g

/** One import: which file (from the project's root), and what it names (a path from the root, or a package). */
export interface Import {
  readonly file: string
  readonly target: string
  readonly isTypeOnly: boolean
}

/** What one source text imports. */
export function importsOf(file: string, source: string): Import[] {
  return [...source.matchAll(STATEMENT)].map((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? ''
    const target = name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), name)) : name
    return { file, target, isTypeOnly: /^\s*(?:import|export)\s+type\b/.test(match[0]) }
  })
}

/** Every import of the product's own sources. */
export function allImports(): Import[] {
  return globSync('{electron,renderer,shared,test}/**/*.{ts,tsx,mjs}', { cwd: ROOT }).flatMap((file) =>
    importsOf(file, readFileSync(join(ROOT, file), 'utf8')),
  )
}
