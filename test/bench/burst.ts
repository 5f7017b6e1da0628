import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '../support/eventually.ts'
import { introduce } from '../support/introduce.ts'
import { liveView } from '../support/live-view.ts'
import { loopDelayDuring } from '../support/loop-delay.ts'
import { openProfile, startMessenger } from '../support/messenger-process.ts'
import { startRelay } from '../support/relay-process.ts'
import type { Figure } from './stats.ts'

const MESSAGES = 1000
const COMMIT_DELAY_MS = 30

/** 1,000 messages arrive while every commit of the receiver is slowed: how long was its event loop held up? */
export async function measureBurst(): Promise<readonly Figure[]> {
  const home = await mkdtemp(join(tmpdir(), 'sightline-bench-'))
  const relay = await startRelay()
  const relays = relay.addresses
  const a = await startMessenger({ directory: join(home, 'a'), relays })
  const b = await startMessenger({ directory: join(home, 'b'), relays, storage: { commitDelayMs: COMMIT_DELAY_MS } })
  try {
    await openProfile(a, { name: 'Ada' })
    await openProfile(b, { name: 'Bea' })
    const { conversation } = await introduce(a, b, ['lan', 'direct'])
    const chats = liveView(a.bridge, 'conversations')
    let tookMs = 0
    const { p99Ms, maxMs } = await loopDelayDuring(b, async () => {
      const startedAt = performance.now()
      await Promise.all(
        Array.from({ length: MESSAGES }, (_, n) => a.do('message.send', { conversation, text: `message ${n}` })),
      )
      await eventually(() => chats.rows.get(conversation)?.waiting === 0, {
        withinMs: 60_000,
        what: 'every message acknowledged',
      })
      tookMs = performance.now() - startedAt
    })
    chats.stop()
    return [
      {
        name: `burst: ${MESSAGES} messages acknowledged, commits slowed by ${COMMIT_DELAY_MS} ms`,
        unit: 'ms',
        value: tookMs,
        samples: 1,
      },
      { name: 'burst: event-loop delay of the receiver, p99', unit: 'ms', value: p99Ms, samples: MESSAGES, most: 20 },
      { name: 'burst: event-loop delay of the receiver, worst', unit: 'ms', value: maxMs, samples: MESSAGES },
    ]
  } finally {
    await Promise.all([a.stop(), b.stop()])
    await relay.stop()
    await rm(home, { recursive: true, force: true })
  }
}
