import type { TestEvent } from 'node:test/reporters'

/** Begins every line of the reporter, so that what tests print themselves can be told from it. */
export const REPORT_MARK = '\u0001natlab '

export interface ReportLine {
  readonly what: 'start' | 'pass' | 'fail'
  readonly name: string
  readonly skipped: string | undefined
  readonly error: string | undefined
}

/** A reporter for tests that run inside the lab: a line of JSON as each top-level test begins and ends. */
export default async function* lineReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    if (event.type !== 'test:dequeue' && event.type !== 'test:pass' && event.type !== 'test:fail') continue
    if (event.data.nesting !== 0) {
      // A part that failed says more than "1 subtest failed".
      if (event.type === 'test:fail') yield `${event.data.name}: ${described(event.data.details.error)}\n`
      continue
    }
    const error = event.type === 'test:fail' ? described(event.data.details.error) : undefined
    const skip = event.type === 'test:pass' ? event.data.skip : undefined
    const skipped = skip === undefined || skip === false ? undefined : String(skip)
    const line: ReportLine = { what: WHAT[event.type], name: event.data.name, skipped, error }
    yield `${REPORT_MARK}${JSON.stringify(line)}\n`
  }
}

const WHAT = { 'test:dequeue': 'start', 'test:pass': 'pass', 'test:fail': 'fail' } as const

function described(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error
  return cause.stack ?? cause.message
}
