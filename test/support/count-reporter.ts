import type { TestEvent } from 'node:test/reporters'

interface Leaf {
  readonly name: string
  readonly nesting: number
  readonly details?: { readonly type?: string }
  readonly skip?: string | boolean
  readonly todo?: string | boolean
}

/** A reporter for test/run.ts: one JSON line per finished test (suites left out), so that several runs can be added up. */
export default async function* countReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
    const leaf: Leaf = event.data
    if (leaf.details?.type === 'suite') continue
    const skip = leaf.skip ?? leaf.todo
    const outcome = event.type === 'test:fail' ? 'failed' : skip === undefined || skip === false ? 'passed' : 'skipped'
    yield `${JSON.stringify({ outcome, name: leaf.name, ...(outcome === 'skipped' ? { why: String(skip) } : {}) })}\n`
  }
}
