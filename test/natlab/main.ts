// `npm run natlab`: real messengers behind real NATs (README.md). Exit codes: 0 every promise held, 1 one did not,
// 2 wrong command line, or something this needs is missing here, 3 not over in time.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { isInside } from './net/inside.ts'
import { missingForLab } from './net/missing.ts'
import { HELP, type LabOptions, parseOptions } from './options.ts'
import { runMatrix, runOneRow } from './rows/matrix.ts'
import { type Row, table } from './rows/row.ts'
import { runRuns } from './rows/runs.ts'
import { SCENES } from './scenes/list.ts'
import { chosenScenes, playScenes } from './scenes/play.ts'
import { runWithBundles } from './stage/programs.ts'

const MINUTE_MS = 60_000

const parsed = parseOptions(process.argv.slice(2))
if (parsed.kind === 'help') {
  console.log(HELP)
} else if (parsed.kind === 'error') {
  console.error(parsed.sentence)
  process.exitCode = 2
} else if (isInside()) {
  await run(parsed.options).catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
} else {
  const missing = await missingForLab()
  if (missing.length > 0) {
    console.error(`The lab cannot run here: ${missing.join('; ')}.`)
    process.exitCode = 2
  } else {
    process.exitCode = await runWithBundles([process.execPath, import.meta.filename, ...process.argv.slice(2)])
  }
}

/** Runs what was asked for, inside the lab's namespaces, and ends the process: with it, the kernel ends everything here. */
async function run(options: LabOptions): Promise<never> {
  const startedAt = new Date()
  const began = performance.now()
  const say = (line: string) => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`)
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))
  const limitMs = limitOf(options)
  setTimeout(() => {
    console.error(`not over after ${limitMs / MINUTE_MS} minutes: ended`)
    process.exit(3)
  }, limitMs).unref()
  const { rows = [], extra = {}, failures } = await perform(options, say)
  if (options.jsonFile !== undefined) {
    const { delayMs, lossPercent, wan } = options.weather
    const report = { startedAt: startedAt.toISOString(), commit: commit(), delayMs, lossPercent, wan, rows, ...extra }
    writeFileSync(options.jsonFile, `${JSON.stringify(report, null, 2)}\n`)
  }
  say(failures === 0 ? 'every promise held' : `${failures} did not keep their promise`)
  process.exit(failures === 0 ? 0 : 1)
}

interface Outcome {
  readonly rows?: readonly Row[]
  readonly extra?: Readonly<Record<string, unknown>>
  readonly failures: number
}

async function perform({ task, weather }: LabOptions, say: (line: string) => void): Promise<Outcome> {
  switch (task.kind) {
    case 'matrix': {
      return told(await runMatrix({ weather, say, isEachPairOnce: task.isEachPairOnce, kinds: task.kinds }))
    }
    case 'row':
      return told(await runOneRow(task.pair, { weather, say }))
    case 'runs': {
      const { row, runs, promisedMs } = await runRuns(task.pair, task.runs, { weather, say })
      const median = row.msToDirect === undefined ? 'no time' : `median ${Math.round(row.msToDirect)} ms`
      say(`${row.successes} of ${row.runs} direct in the first cycle, ${median}, promised ${promisedMs} ms`)
      return { rows: [row], extra: { each: runs, promisedMs }, failures: row.failures.length > 0 ? 1 : 0 }
    }
    case 'scenes': {
      const scenes = chosenScenes(task.scene)
      if (scenes.length === 0) {
        console.error(`There is no such scene. There are: ${SCENES.map(({ name }) => name).join(', ')}.`)
        process.exit(2)
      }
      const played = await playScenes(scenes, { weather, say })
      return { extra: { scenes: played }, failures: played.filter((one) => one.failures.length > 0).length }
    }
  }
}

function told(rows: readonly Row[]): Outcome {
  console.log(`\n${table(rows)}\n`)
  return { rows, failures: rows.filter((row) => row.failures.length > 0).length }
}

/** No run is longer than this. */
function limitOf({ task }: LabOptions): number {
  switch (task.kind) {
    case 'matrix':
      return (task.isEachPairOnce ? 12 : 25) * MINUTE_MS
    case 'row':
      return 4 * MINUTE_MS
    case 'runs':
      return (4 + task.runs) * MINUTE_MS
    case 'scenes':
      return MINUTE_MS + chosenScenes(task.scene).reduce((sum, { withinMs }) => sum + withinMs, 0)
  }
}

/** What was tested, when this is a repository. */
function commit(): string {
  const { stdout, status } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  return status === 0 ? stdout.trim() : 'unknown'
}
