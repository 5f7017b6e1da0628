import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '@playwright/test'
import type { ElectronApp } from '../../support/electron-app.ts'
import { WORLD } from '../../support/electron-stand-in/worlds.ts'
import { eventually } from '../../support/eventually.ts'
import { openChats } from '../steps.ts'
import { junkCalls, junkOfTheBridge } from './junk.ts'
import { createDesktopScene } from './scene.ts'

const CALLS = 90_000
const BRIDGE_CALLS = 10_000
const CALLS_PER_SECOND = 10_000
/** What a person would lose: nothing of the line, whose figures move by themselves. */
const VIEWS = ['session', 'settings', 'people', 'invites', 'conversations', 'arrivals'] as const

test('100,000 calls of junk from the window change nothing and keep nobody waiting', {
  timeout: 180_000,
}, async (t) => {
  const scene = await createDesktopScene(t)
  const { app, page } = await scene.person('Ada')
  await openChats(page)
  const before = await views(page)

  await watchLoop(app.electron)
  const from = await preloadWorld(page)
  const sent = await from(junkCalls, { calls: CALLS, perSecond: CALLS_PER_SECOND, seed: 1 })
  assert.equal(sent, CALLS)
  await eventually(async () => (await received(app.electron)) >= CALLS, { what: 'every call', withinMs: 60_000 })
  const answers = await page.evaluate(junkOfTheBridge, { calls: BRIDGE_CALLS, seed: 2 })
  assert.deepEqual(answers, [], 'junk was answered with a value')
  const delay = await loopDelay(app.electron)
  t.diagnostic(`main process: p99 ${delay.p99Ms.toFixed(1)} ms, longest ${delay.maxMs.toFixed(1)} ms`)

  // What stood in the place of the page's preload may have taken its line; a reload heals everything.
  await page.reload()
  await page.getByRole('heading', { name: 'Chats' }).waitFor()
  assert.deepEqual(await views(page), before)
  assert.doesNotMatch(app.electron.log(), /bug|Error/)
  assert.ok(delay.p99Ms < 50, `the main process kept others waiting: p99 ${delay.p99Ms} ms`)
})

/** Runs a function where the preload runs. */
async function preloadWorld(page: Page) {
  const session = await page.context().newCDPSession(page)
  const found = Promise.withResolvers<number>()
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === WORLD) found.resolve(context.id)
  })
  await session.send('Runtime.enable')
  const contextId = await found.promise
  return async <Given, Value>(run: (given: Given) => Value | Promise<Value>, given: Given): Promise<Value> => {
    const expression = `(${run})(${JSON.stringify(given)})`
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      contextId,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description)
    return result.value
  }
}

const received = (app: ElectronApp): Promise<number> => app.evaluate(({ standIn }) => standIn.received.messages)

const views = (page: Page): Promise<Record<string, unknown>> =>
  page.evaluate(
    async (names) =>
      Object.fromEntries(
        await Promise.all(
          names.map(
            (name) =>
              new Promise<[string, unknown]>((resolve) => {
                const stop = window.sightline?.watch(name, ({ rows }) => {
                  stop?.()
                  resolve([name, rows])
                })
              }),
          ),
        ),
      ),
    VIEWS,
  )

const watchLoop = (app: ElectronApp): Promise<void> =>
  app.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
    const histogram = monitorEventLoopDelay({ resolution: 10 })
    histogram.enable()
    Object.assign(globalThis, { fuzzHistogram: histogram })
  })

const loopDelay = (app: ElectronApp): Promise<{ readonly p99Ms: number; readonly maxMs: number }> =>
  app.evaluate(() => {
    const { fuzzHistogram: histogram } = globalThis as unknown as {
      fuzzHistogram: { disable(): void; percentile(share: number): number; max: number }
    }
    histogram.disable()
    // The histogram counts the whole interval; what is beyond the 10 ms between two looks is the delay.
    return { p99Ms: histogram.percentile(99) / 1e6 - 10, maxMs: histogram.max / 1e6 - 10 }
  })
