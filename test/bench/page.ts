import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startApp } from '../support/app-process.ts'
import { launchBrowser } from '../support/browser.ts'
import { type LongConversation, writeLongConversations } from '../support/long-conversation.ts'
import { comeIn } from '../support/loopback-process.ts'
import { openProfile, unwrapped } from '../support/messenger-process.ts'
import { installStopwatch, scrollFrames, timeOf, typingTimes } from './page-stopwatch.ts'
import { type Figure, percentile } from './stats.ts'

const MESSAGES = 100_000
const OPENINGS = 30
const JUMPS = 20
const SCROLL_SECONDS = 6
const LETTERS = 'the quick brown fox jumps over the lazy dog, twice a day. '
const WHEEL_PX = 240

/** The window on a conversation of 100,000 messages, in a real browser without a graphics card, and the same on bare pages. */
export async function measurePage(): Promise<readonly Figure[]> {
  const profilesDirectory = await mkdtemp(join(tmpdir(), 'sightline-bench-'))
  const browser = await launchBrowser()
  let app: Awaited<ReturnType<typeof startApp>> | undefined
  try {
    const seededMs = await timed(() => seed(profilesDirectory))
    const [long, short] = seededMs.value
    app = await startApp({ profilesDirectory, profile: 'bench' })
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    await context.addInitScript(installStopwatch)
    const page = await context.newPage()
    page.on('pageerror', (error) => console.error('page error:', error.message))
    await page.goto(app.link)
    await row(page, long).waitFor()
    const firstPaintMs = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    )

    const bare = await context.newPage()
    await bare.goto('about:blank')
    await page.bringToFront()
    const openings = await openingTimes(page, long, short)
    const openingFloor = await bareOpenings(bare)
    const jumps = await jumpTimes(page, long)
    const middle = await scroll(page, -1)
    await open(page, short)
    await open(page, long)
    const end = await scroll(page, -1)
    const scrollFloor = await bareScroll(bare)
    await page.bringToFront()
    const typing = await typingTimes(page, '.compose textarea', LETTERS)
    await bare.bringToFront()
    await bare.setContent('<textarea rows="1"></textarea>')
    const typingFloor = await typingTimes(bare, 'textarea', LETTERS)
    const held = await page.evaluate(() => document.querySelectorAll('*').length)

    return [
      { name: `page: writing ${MESSAGES} messages`, unit: 's', value: seededMs.ms / 1000, samples: 1, most: 60 },
      { name: 'page: first paint', unit: 'ms', value: firstPaintMs, samples: 1 },
      ...both('page: opening, press to messages painted', openings, openingFloor, { share: 0.95, mostOfHalf: 100 }),
      ...both('page: jump into the middle', jumps, openingFloor, { share: 0.99 }),
      ...both('page: frame while scrolling at the end', end, scrollFloor, { share: 0.95, most: 33 }),
      ...both('page: frame while scrolling in the middle', middle, scrollFloor, { share: 0.95, most: 33 }),
      ...both('page: key to letter painted', typing, typingFloor, { share: 0.95 }),
      { name: 'page: elements in the page', unit: '', value: held, samples: 1, most: 4000 },
    ]
  } finally {
    await browser.close()
    await app?.stop()
    await rm(profilesDirectory, { recursive: true, force: true })
  }
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ readonly value: Value; readonly ms: number }> {
  const startedAt = performance.now()
  return { value: await work(), ms: performance.now() - startedAt }
}

async function seed(profilesDirectory: string): Promise<readonly [LongConversation, LongConversation]> {
  const app = await startApp({ profilesDirectory, profile: 'bench' })
  const { bridge, leave } = await comeIn(app.link)
  await openProfile(
    { bridge, do: async (name, input) => unwrapped(name, await bridge.ask(name, input)) },
    { name: 'Bench' },
  )
  leave()
  await app.stop()
  const [long, short] = await writeLongConversations(
    join(profilesDirectory, 'bench'),
    [
      { name: 'Lena', number: 41, messages: MESSAGES },
      { name: 'Omar', number: 42, messages: 3 },
    ],
    Date.now(),
  )
  if (long === undefined || short === undefined) throw new Error('the conversations were not written')
  return [long, short]
}

const row = (page: Page, { conversation }: LongConversation) =>
  page.locator(`.list a.row[href="#/chats/${conversation}"]`)

const logOf = ({ name }: LongConversation): string => `.log[aria-label="Messages with ${name}"] .msg`

async function open(page: Page, one: LongConversation): Promise<number> {
  return timeOf(page, 'pointerdown', logOf(one), () => row(page, one).click())
}

async function openingTimes(page: Page, long: LongConversation, short: LongConversation): Promise<number[]> {
  const times: number[] = []
  for (let opening = 0; opening < OPENINGS; opening++) {
    await open(page, short)
    times.push(await open(page, long))
  }
  return times
}

/** The floor: a press that puts forty plain lines in the place of others. */
async function bareOpenings(bare: Page): Promise<number[]> {
  await bare.bringToFront()
  await bare.setContent('<button>show</button><main></main>')
  await bare.evaluate(() => {
    let count = 0
    document.querySelector('button')?.addEventListener('click', () => {
      count++
      const lines = Array.from({ length: 40 }, (_, at) => `<p class="n${count}">line ${at} of ${count}</p>`)
      const main = document.querySelector('main')
      if (main) main.innerHTML = lines.join('')
    })
  })
  const times: number[] = []
  for (let opening = 1; opening <= OPENINGS; opening++) {
    const press = () => bare.getByRole('button').click()
    times.push(await timeOf(bare, 'pointerdown', `.n${opening}`, press))
  }
  return times
}

async function jumpTimes(page: Page, long: LongConversation): Promise<number[]> {
  await page.bringToFront()
  await open(page, long)
  const times: number[] = []
  for (let jump = 1; jump <= JUMPS; jump++) {
    const id = long.messages[Math.floor((long.messages.length * ((jump * 7) % JUMPS)) / JUMPS) + 500] ?? ''
    times.push(
      await timeOf(page, 'hashchange', `.msg[data-id="${id}"][data-found]`, () =>
        page.evaluate((hash) => {
          location.hash = hash
        }, `#/chats/${long.conversation}/${id}`),
      ),
    )
  }
  return times
}

/** Turns the wheel towards the past, and back again in the second half. */
async function scroll(page: Page, direction: 1 | -1): Promise<number[]> {
  await page.bringToFront()
  const cdp = await page.context().newCDPSession(page)
  const ticks = (SCROLL_SECONDS * 1000) / 16
  return scrollFrames(page, cdp, {
    seconds: SCROLL_SECONDS,
    deltaY: (tick) => (tick < ticks / 3 ? direction : -direction) * WHEEL_PX,
  })
}

async function bareScroll(bare: Page): Promise<number[]> {
  await bare.bringToFront()
  await bare.setContent(Array.from({ length: 3000 }, (_, at) => `<p>plain line ${at}</p>`).join(''))
  return scroll(bare, 1)
}

/** Half and nearly all of the samples, and how the half stands to the same on a bare page. */
function both(
  name: string,
  own: readonly number[],
  floor: readonly number[],
  { share, most, mostOfHalf }: { readonly share: number; readonly most?: number; readonly mostOfHalf?: number },
): readonly Figure[] {
  const [half, floorHalf] = [percentile(own, 0.5), percentile(floor, 0.5)]
  return [
    {
      name: `${name}, p50`,
      unit: 'ms',
      value: half,
      samples: own.length,
      ...(mostOfHalf === undefined ? {} : { most: mostOfHalf }),
    },
    {
      name: `${name}, p${share * 100}`,
      unit: 'ms',
      value: percentile(own, share),
      samples: own.length,
      ...(most === undefined ? {} : { most }),
    },
    { name: `${name}: bare page, p50`, unit: 'ms', value: floorHalf, samples: floor.length },
    { name: `${name}: times the bare page, p50`, unit: '×', value: half / floorHalf, samples: own.length },
  ]
}
