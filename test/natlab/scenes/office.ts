import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { eventually } from '../../support/eventually.ts'
import { createStage } from '../stage/stage.ts'
import type { Scene } from './scene.ts'

const CLIENTS = join(import.meta.dirname, 'light-clients.ts')
const PROCESSES = 4
const EACH = 50
// A relay as it is without options: its limits must let one office through.
const DEFAULT_LIMITS = ['--circuit-mib', '256', '--max-reservations', '256', '--max-per-address', '200']
const THERE_WITHIN_MS = 120_000
const BACK_WITHIN_MS = 30_000

export const OFFICE: Scene = {
  name: 'office',
  promise: '200 light clients behind one address hold places on a relay; it restarts, and all are back within 30 s',
  isShort: false,
  withinMs: 300_000,
  async play({ weather, say }) {
    const stage = await createStage({ weather, relays: 0 })
    const clients: ChildProcess[] = []
    try {
      const relay = await stage.addRelay(DEFAULT_LIMITS)
      const office = await stage.lab.addHost('restricted')
      const [program = '', ...through] = [...office.through, process.execPath, CLIENTS, `${EACH}`, relay.address]
      for (let count = 0; count < PROCESSES; count++)
        clients.push(spawn(program, through, { stdio: ['pipe', 'ignore', 'inherit'] }))
      const held = async () => (await relay.status()).reservations.length
      const all = async (withinMs: number) => {
        const startedAt = performance.now()
        await eventually(async () => (await held()) >= PROCESSES * EACH, { withinMs, everyMs: 200, what: '200 places' })
        return performance.now() - startedAt
      }
      say(`all there after ${Math.round(await all(THERE_WITHIN_MS))} ms`)
      await relay.kill()
      await relay.start()
      const backMs = await all(THERE_WITHIN_MS)
      const { refused } = await relay.status()
      const refusals = Object.values(refused).reduce((sum, count) => sum + count, 0)
      return [
        { name: 'all back', value: backMs, unit: 'ms', most: BACK_WITHIN_MS },
        { name: 'refused meanwhile', value: refusals, unit: 'times' },
      ]
    } finally {
      for (const client of clients) client.stdin?.end()
      await stage.stop()
    }
  },
}
