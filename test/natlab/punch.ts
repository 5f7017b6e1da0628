import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { eventually } from '../support/eventually.ts'
import { isInside, runInside } from './net/inside.ts'
import { createLab, type Host, type LabOptions, type NatKind } from './net/lab.ts'
import { type LineProgram, startLineProgram } from './net/line-program.ts'
import type { Punched } from './punch-peer.ts'
import { startLabRelay } from './stage/relay.ts'

// `node test/natlab/punch.ts [--pairs a:b,…] [--runs N] [--delay-ms N] [--loss PERCENT] [--wan drop|reject]`
// Bare nodes with our DCUtR behind two routers of the lab, without the messenger around them. `a:b` = A dials B over the
// relay; `go@kind` and `rust@kind` are look-alikes. Ends with 1 when a pair did not get through, or too slowly.

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: 'restricted:restricted,shifted:cgn,random:random,noudp:restricted' },
    runs: { type: 'string', default: '3' },
    'delay-ms': { type: 'string', default: '10' },
    loss: { type: 'string', default: '0' },
    wan: { type: 'string', default: 'drop' },
    trace: { type: 'boolean', default: false },
  },
})
const PEER = join(import.meta.dirname, 'punch-peer.ts')
const WITHIN_MS = 45_000
const ROUND_MS = 700

interface Side {
  readonly host: Host
  readonly program: LineProgram
  readonly id: string
  ask<Answer>(line: string): Promise<Answer>
}

if (isInside()) process.exitCode = await run()
else process.exitCode = await runInside([process.execPath, import.meta.filename, ...process.argv.slice(2)])

async function run(): Promise<number> {
  const options: LabOptions = {
    delayMs: Number(values['delay-ms']),
    lossPercent: Number(values.loss),
    wan: values.wan === 'reject' ? 'reject' : 'drop',
  }
  const lab = await createLab(options)
  const folder = await mkdtemp(join(tmpdir(), 'sightline-punch-'))
  let failed = 0
  try {
    const relay = await startLabRelay(await lab.addSite(), { dataDir: folder })
    try {
      for (const pair of values.pairs.split(',')) {
        const [a, b] = await Promise.all(pair.split(':').map((who) => startSide(lab.addHost, who, relay.address)))
        if (a === undefined || b === undefined) throw new Error(`not a pair: ${pair}`)
        failed += await rounds(pair, a, b)
        await Promise.all([a.program.stop(), b.program.stop()])
      }
    } finally {
      await relay.stop()
    }
  } finally {
    await lab.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return failed === 0 ? 0 : 1
}

async function startSide(addHost: (kind: NatKind) => Promise<Host>, who: string, relay: string): Promise<Side> {
  const [program, natKind] = who.includes('@') ? who.split('@') : ['ours', who]
  const host = await addHost(natKind as NatKind)
  const started = startLineProgram([...host.through, process.execPath, PEER, program ?? '', relay])
  const ask = async <Answer>(line: string): Promise<Answer> => JSON.parse(await started.ask(line))
  const id = await eventually(() => ask<string>('id'), { withinMs: 30_000, what: `${who} to start` })
  await eventually(() => ask<boolean>('has-place'), { withinMs: 10_000, what: `a place for ${who}` })
  return { host, program: started, id, ask }
}

async function rounds(pair: string, a: Side, b: Side): Promise<number> {
  const results: Punched[] = []
  for (let round = 1; round <= Number(values.runs); round++) {
    await a.ask(`dial ${b.id}`)
    const over = ({ state }: Punched) => state === 'direct' || state === 'failed'
    const seen = await eventually(
      async () => {
        const now = await b.ask<Punched>('punched')
        return over(now) ? now : false
      },
      { withinMs: WITHIN_MS, everyMs: 100, what: 'the end of the punch' },
    ).catch((error: unknown): Punched => ({ state: 'failed', stages: [], why: String(error) }))
    results.push(seen)
    const { state, why = '', stages, ...figures } = seen
    console.log(`${pair} ${round}: ${state} ${JSON.stringify(figures)} ${why}`)
    if (values.trace || state !== 'direct') {
      console.log(`  B: ${stages.join('; ')}`)
      console.log(`  A: ${JSON.stringify((await a.ask<unknown[]>('journal')).slice(-2))}`)
      console.log(`  B: ${JSON.stringify((await b.ask<unknown[]>('journal')).slice(-3))}`)
    }
    await Promise.all([a.ask('hang-up'), b.ask('hang-up')])
    // Nobody is answered more than once a second in the long run.
    await pause(ROUND_MS)
  }
  const direct = results.filter(({ state }) => state === 'direct')
  const median = middle(direct.map(({ msToDirect }) => msToDirect ?? 0))
  const limit = middle(direct.map(({ relayedMs = 0, directMs = 0 }) => 1.5 * relayedMs + 4 * directMs + 150))
  const most = Math.max(...direct.map(({ msToDirect }) => msToDirect ?? 0))
  console.log(
    `${pair}: ${direct.length} of ${results.length} direct, p50 ${median} ms (limit ${Math.round(limit)}), max ${most} ms`,
  )
  // The limit is of an idle machine; here everything from relay to router shares its processors.
  const isSlow = direct.length > 0 && median > 2 * limit
  if (isSlow) console.log(`${pair}: too slow`)
  return results.length - direct.length + (isSlow ? 1 : 0)
}

function middle(figures: readonly number[]): number {
  return [...figures].sort((one, other) => one - other)[Math.floor(figures.length / 2)] ?? 0
}
