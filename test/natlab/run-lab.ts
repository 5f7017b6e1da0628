import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NatKind } from './net/lab.ts'
import { missingForLab } from './net/missing.ts'
import { runWithBundles } from './stage/programs.ts'

const MAIN = join(import.meta.dirname, 'main.ts')

/** For a test's `skip`: what is missing here, or false. */
export function needs(kinds: readonly NatKind[]): string | false {
  const missing = missingForLab(kinds)
  return missing.length === 0 ? false : `the lab needs ${missing.join(', ')}`
}

/** Runs `npm run natlab` with these options in namespaces of its own, and gives what `--json` wrote. */
export async function runLab<Report>(args: readonly string[], signal: AbortSignal): Promise<Report> {
  const directory = mkdtempSync(join(tmpdir(), 'sightline-natlab-report-'))
  try {
    const file = join(directory, 'report.json')
    const code = await runWithBundles([process.execPath, MAIN, ...args, '--json', file], { signal })
    // 1 = a promise did not hold, which stands in the report.
    if (code !== 0 && code !== 1) throw new Error(`the lab ended with ${code}`)
    // Written by main.ts beside us.
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
