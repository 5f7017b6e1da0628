import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { introduce } from '../support/introduce.ts'
import { openProfile, startMessenger } from '../support/messenger-process.ts'
import { startRelay } from '../support/relay-process.ts'
import { echoRoundTrips } from './echo.ts'
import { type Figure, percentile } from './stats.ts'

const SAMPLES = 500
const WARM_UP = 50
// What a chat message of ordinary length weighs as a signed entry.
const TEXT = 'x'.repeat(60)
const PAYLOAD = new Uint8Array(256)

/** A message typed at one bridge until it is heard at the other, two processes apart, over a bare echo of the same size in the same run. */
export async function measureMessages(): Promise<readonly Figure[]> {
  const relay = await startRelay()
  try {
    return [...(await measure('direct', relay.addresses)), ...(await measure('relayed', relay.addresses))]
  } finally {
    await relay.stop()
  }
}

async function measure(way: 'direct' | 'relayed', relays: readonly string[]): Promise<readonly Figure[]> {
  const home = await mkdtemp(join(tmpdir(), 'sightline-bench-'))
  const a = await startMessenger({ directory: join(home, 'a'), relays })
  const b = await startMessenger({ directory: join(home, 'b'), relays })
  try {
    await openProfile(a, { name: 'Ada' })
    await openProfile(b, { name: 'Bea' })
    for (const each of [a, b]) await assertDurable(each.directory)
    if (way === 'relayed') for (const each of [a, b]) await each.do('settings.change', { relayOnly: true })
    const { conversation } = await introduce(a, b, way === 'relayed' ? ['relayed'] : ['lan', 'direct'])
    const times: number[] = []
    let onHeard = (_message: string) => {}
    b.bridge.hear(conversation, ({ messages }) => {
      for (const { id } of messages) onHeard(id)
    })
    for (let sample = 0; sample < WARM_UP + SAMPLES; sample += 1) {
      const heard = new Map<string, number>()
      let look = () => {}
      onHeard = (id) => {
        if (!heard.has(id)) heard.set(id, performance.now())
        look()
      }
      const startedAt = performance.now()
      const { message } = await a.do('message.send', { conversation, text: TEXT })
      const heardAt = await new Promise<number>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`message ${sample} was not heard within 10 s`)), 10_000)
        look = () => {
          const at = heard.get(message)
          if (at === undefined) return
          clearTimeout(late)
          resolve(at)
        }
        look()
      })
      if (sample >= WARM_UP) times.push(heardAt - startedAt)
    }
    const echo = await echoRoundTrips(
      PAYLOAD,
      SAMPLES,
      way === 'relayed' ? relays.find((each) => /\/tcp\/\d+\/p2p\//.test(each)) : undefined,
    )
    const [own, floor] = [percentile(times, 0.5), percentile(echo, 0.5)]
    return [
      { name: `message ${way}: bridge to bridge, p50`, unit: 'ms', value: own, samples: SAMPLES },
      { name: `message ${way}: bridge to bridge, p99`, unit: 'ms', value: percentile(times, 0.99), samples: SAMPLES },
      { name: `message ${way}: bare echo there and back, p50`, unit: 'ms', value: floor, samples: SAMPLES },
      { name: `message ${way}: above the echo, p50`, unit: 'ms', value: own - floor, samples: SAMPLES, most: 5 },
    ]
  } finally {
    await Promise.all([a.stop(), b.stop()])
    await rm(home, { recursive: true, force: true })
  }
}

/** Fast figures are worth nothing when a commit does not reach the disk: SQLite must read back FULL (2). */
async function assertDurable(directory: string): Promise<void> {
  const log = await readFile(join(directory, 'log.jsonl'), 'utf8')
  const opened = log.split('\n').find((line) => line.includes('"database opened"'))
  const { synchronous }: { synchronous?: number } = JSON.parse(opened ?? '{}')
  if (synchronous !== 2) throw new Error(`the database was opened with synchronous = ${synchronous}, not 2`)
}
