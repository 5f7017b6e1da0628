import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Browser, Page } from '@playwright/test'
import type { Arrival } from '../../shared/contract/views.ts'
import { DEFAULT_SETTINGS } from '../../shared/domain/settings.ts'
import { launchBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'

// The page as a preload would serve it, over a bridge that is played here: only this way two windows share arrivals
// that no program outside has to make.
interface Played {
  readonly window: () => Promise<Page>
  readonly arrive: (arrival: Arrival) => Promise<void>
  readonly unlock: () => Promise<void>
  readonly asked: string[]
  readonly close: () => Promise<void>
}

const ROWS = {
  shell: { kind: 'electron', profile: 'noa', version: '0.1.0', platform: 'linux' },
  self: { id: '12D3KooWNoa', name: 'Noa', reach: { line: { kind: 'unknown' } }, reachableThrough: [] },
  settings: DEFAULT_SETTINGS,
}

/** What stands in for the preload in the page; it keeps its watches on `window` for the test to push to. */
function preload(rows: Record<string, unknown>): void {
  const watches = new Map<string, Set<(push: unknown) => void>>()
  const state: Record<string, Record<string, unknown>> = {}
  for (const [name, row] of Object.entries(rows)) state[name] = { '': row }
  let revision = 0
  const whole = (name: string) => ({
    revision: ++revision,
    isWhole: true,
    rows: Object.entries(state[name] ?? {}),
    gone: [],
  })
  const played = {
    set(name: string, key: string, row: unknown) {
      state[name] = { ...state[name], [key]: row }
      for (const push of watches.get(name) ?? []) push(whole(name))
    },
    drop(name: string, key: string) {
      delete state[name]?.[key]
      for (const push of watches.get(name) ?? []) push(whole(name))
    },
  }
  Object.assign(window, {
    played,
    sightline: {
      // Given by Playwright: one answer for all windows.
      ask: (name: string, input: unknown) =>
        (window as unknown as { playedAsk: (name: string, input: unknown) => Promise<unknown> }).playedAsk(name, input),
      watch(name: string, onPush: (push: unknown) => void) {
        const listeners = watches.get(name) ?? new Set()
        watches.set(name, listeners.add(onPush))
        setTimeout(() => listeners.has(onPush) && onPush(whole(name)))
        return () => listeners.delete(onPush)
      },
      hear: () => () => {},
      onConnection(listener: (isConnected: boolean) => void) {
        listener(true)
        return () => {}
      },
    },
  })
}

const PAGES = join(import.meta.dirname, '../../out/renderer')

async function play(browser: Browser, isLocked: boolean): Promise<Played> {
  const context = await browser.newContext()
  await context.route('https://window.example/**', (route) => {
    const { pathname } = new URL(route.request().url())
    return route.fulfill({ path: join(PAGES, pathname === '/' ? 'index.html' : pathname) })
  })
  const asked: string[] = []
  const taken = new Set<string>()
  const waiting = new Map<string, Arrival>()
  let session: unknown = isLocked ? { state: 'locked', asks: 'passphrase' } : { state: 'open' }
  const tell = (method: 'set' | 'drop', ...values: unknown[]) =>
    Promise.all(
      context.pages().map((page) =>
        page.evaluate(
          ([name, given]) => {
            const { played } = window as unknown as {
              played: Record<string, (...values: readonly unknown[]) => void>
            }
            played[name]?.(...given)
          },
          [method, values] as const,
        ),
      ),
    )
  await context.exposeFunction('playedAsk', (name: string, input: { id?: string; link?: string }) => {
    asked.push(name)
    if (name === 'contact.preview')
      return { ok: true, value: { id: '12D3KooWTove', name: `Tove ${input.link}`, addresses: [], relays: [] } }
    if (name !== 'arrival.taken' || input.id === undefined) return { ok: false, failure: { code: 'not-found' } }
    if (taken.has(input.id)) return { ok: false, failure: { code: 'not-found' } }
    taken.add(input.id)
    waiting.delete(input.id)
    void tell('drop', 'arrivals', input.id)
    return { ok: true, value: null }
  })
  return {
    asked,
    close: () => context.close(),
    async window() {
      const page = await context.newPage()
      page.setDefaultTimeout(15_000)
      await page.addInitScript(preload, { ...ROWS, session })
      await page.goto('https://window.example/')
      await page.locator('h1').first().waitFor()
      return page
    },
    async arrive(arrival) {
      waiting.set(arrival.id, arrival)
      await tell('set', 'arrivals', arrival.id, arrival)
    },
    async unlock() {
      session = { state: 'open' }
      await tell('set', 'session', '', session)
    },
  }
}

const LINK = 'sightline://add/CAES/x?y=1#z'

test('what reaches the app from outside is shown once, in an open profile, and dials nothing', {
  timeout: 120_000,
}, async (t) => {
  const browser = await launchBrowser()
  t.after(() => browser.close())

  await t.test('a link opens the question whom to add, and waits while another is looked at', async () => {
    const { close, window, arrive, asked } = await play(browser, false)
    const page = await window()
    await arrive({ id: 'a1', kind: 'link', link: LINK })
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('heading', { name: `Tove ${LINK}` }).waitFor()
    await arrive({ id: 'a2', kind: 'link', link: `${LINK}2` })
    assert.equal(await dialog.getByRole('heading', { name: `Tove ${LINK}2` }).count(), 0)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.getByRole('heading', { name: `Tove ${LINK}2` }).waitFor()
    assert.equal(asked.includes('contact.add'), false)
    await close()
  })

  await t.test('while locked it waits, and is shown after unlocking', async () => {
    const { close, window, arrive, unlock, asked } = await play(browser, true)
    const page = await window()
    await arrive({ id: 'b1', kind: 'page', page: 'network' })
    await page.getByRole('button', { name: 'Unlock' }).waitFor()
    assert.equal(asked.includes('arrival.taken'), false)
    await unlock()
    await page.getByRole('heading', { level: 1, name: 'Network' }).first().waitFor()
    await close()
  })

  await t.test('of two windows only one goes there', async () => {
    const { close, window, arrive, asked } = await play(browser, false)
    const pages = [await window(), await window()]
    await arrive({ id: 'c1', kind: 'page', page: 'settings' })
    const isThere = async (page: Page) => (await page.getByRole('heading', { level: 1, name: 'Settings' }).count()) > 0
    await Promise.race(pages.map((page) => page.getByRole('heading', { level: 1, name: 'Settings' }).first().waitFor()))
    // The other asked for it as well, was told no, and has had the time to draw.
    await eventually(() => asked.filter((name) => name === 'arrival.taken').length === 2, {
      what: 'both windows asking',
    })
    for (const page of pages) await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    assert.deepEqual((await Promise.all(pages.map(isThere))).sort(), [false, true])
    await close()
  })
})
