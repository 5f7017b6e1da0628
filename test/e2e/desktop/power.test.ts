import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { peerIdOfSeed } from '../../../electron/messaging/wire/signing.ts'
import { eventually } from '../../support/eventually.ts'
import { openChats } from '../steps.ts'
import { createDesktopScene } from './scene.ts'

// Of the 3.5 s between two attempts at most three tenths are left out (electron/network/pace).
const LONG_PAUSE_MS = 2_400

test('a machine that wakes up tries its relay at once', { timeout: 90_000 }, async (t) => {
  // Takes every call and hangs up: each one is an attempt, and the pauses between them grow.
  const attemptsAtMs: number[] = []
  const silent = createServer((socket) => {
    attemptsAtMs.push(performance.now())
    socket.destroy()
  })
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  t.after(() => silent.close())
  const address = silent.address()
  assert.ok(typeof address === 'object' && address !== null)
  const relay = `/ip4/127.0.0.1/tcp/${address.port}/p2p/${peerIdOfSeed(new Uint8Array(32).fill(8))}`
  const scene = await createDesktopScene(t)
  const { app, page } = await scene.person('Ada', [relay])
  await openChats(page)
  // Until the pauses are longer than this test is patient, and one of them has just begun.
  const pauseMs = () =>
    (attemptsAtMs.at(-1) ?? 0) - (attemptsAtMs.findLast((at) => at < (attemptsAtMs.at(-1) ?? 0) - 500) ?? 0)
  const sinceLastMs = () => performance.now() - (attemptsAtMs.at(-1) ?? 0)
  await eventually(() => attemptsAtMs.length > 5 && pauseMs() > LONG_PAUSE_MS && sinceLastMs() > 200, {
    what: 'a long pause',
    withinMs: 40_000,
  })
  const before = attemptsAtMs.length
  await app.electron.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'))
  await app.electron.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'))
  await eventually(() => attemptsAtMs.length > before, { what: 'an attempt after waking up', withinMs: 1_500 })
})
