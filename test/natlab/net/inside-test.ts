import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { isInside, runInside } from './inside.ts'
import { REPORT_MARK, type ReportLine } from './line-reporter.ts'
import { missingForLab } from './missing.ts'
import type { NatKind } from './types.ts'

const REPORTER = join(import.meta.dirname, 'line-reporter.ts')

export interface InsideTests {
  /** Of the tests as a whole; what is skipped is skipped under this name. */
  readonly name: string
  /** `import.meta.filename` of the test file. */
  readonly file: string
  /** Kinds the tests cannot do without; without `mapped` and `random` neither miniupnpd nor TUN is needed. */
  readonly kinds: readonly NatKind[]
}

/**
 * The tests of one file, all in one set of the lab's namespaces. Run outside, the file starts itself anew inside and shows
 * each top-level test of `define` as a part of one test, which is skipped with the reason where this machine cannot.
 */
export function insideTests({ name, file, kinds }: InsideTests, define: () => void): void {
  if (isInside()) {
    define()
    return
  }
  const missing = missingForLab(kinds)
  const skip = missing.length === 0 ? false : `the lab needs ${missing.join(', ')}`
  test(name, { skip }, (context) => runAndShow(context, file))
}

async function runAndShow(context: TestContext, file: string): Promise<void> {
  const parts: Promise<void>[] = []
  let running: { end(line: ReportLine): void; fail(error: Error): void } | undefined
  const begin = (name: string): void => {
    const { promise, resolve, reject } = Promise.withResolvers<ReportLine>()
    running = { end: resolve, fail: reject }
    parts.push(context.test(name, (part) => shown(part, promise)))
  }
  const code = await runInside(
    [process.execPath, `--test-reporter=${REPORTER}`, '--test-reporter-destination=stdout', file],
    {
      // Else the runner inside would take itself for a part of ours, and report in its own way.
      env: { NODE_TEST_CONTEXT: undefined },
      signal: context.signal,
      onLine(text) {
        const line = parsed(text)
        if (line === undefined) console.log(text)
        else if (line.what === 'start') begin(line.name)
        else running?.end(line)
      },
    },
  )
  running?.fail(new Error(`the tests inside ended with ${code} in the midst of this one`))
  await Promise.all(parts)
  if (code !== 0 && !context.signal.aborted) throw new Error(`the tests inside ended with ${code}`)
}

async function shown(part: TestContext, ended: Promise<ReportLine>): Promise<void> {
  const { skipped, error } = await ended
  if (skipped !== undefined) part.skip(skipped)
  if (error === undefined) return
  const failure = new Error(error.split('\n')[0])
  failure.stack = error
  throw failure
}

function parsed(text: string): ReportLine | undefined {
  if (!text.startsWith(REPORT_MARK)) return undefined
  // Written by our own reporter (line-reporter.ts).
  return JSON.parse(text.slice(REPORT_MARK.length)) as ReportLine
}
