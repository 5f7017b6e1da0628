import { parseArgs } from 'node:util'
import { KINDS, type MatrixKind } from './rows/promise.ts'
import type { Pairing } from './rows/rounds.ts'

/** How the internet of the lab is. */
export interface Weather {
  /** One way, on every link through the internet. */
  readonly delayMs: number
  readonly lossPercent: number
  /** What routers do with packets nobody asked for. */
  readonly wan: 'drop' | 'reject'
}

/** What is to be run. */
export type Task =
  | { readonly kind: 'matrix'; readonly isEachPairOnce: boolean; readonly kinds: readonly MatrixKind[] }
  | { readonly kind: 'row'; readonly pair: Pairing }
  | { readonly kind: 'runs'; readonly pair: Pairing; readonly runs: number }
  | { readonly kind: 'scenes'; readonly scene: string }

export interface LabOptions {
  readonly task: Task
  readonly weather: Weather
  readonly jsonFile?: string
}

export type ParsedOptions =
  | { readonly kind: 'run'; readonly options: LabOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'error'; readonly sentence: string }

export const HELP = `Usage: npm run natlab -- [options]

Runs real messengers behind real NATs and tells which line each pair got, how fast, and whether it was true.
Without options: every pair of kinds, both directions.

  --once              every pair of kinds once, directions alternating
  --kinds A,B,C       only these kinds of the matrix
  --pair A:B          one pair: ${KINDS.join(' ')}
  --runs N            N upgrades of that pair instead of one whole row
  --scene NAME        one scene; or short, long, all
  --delay-ms N        one way, on every link through the internet (10)
  --loss PERCENT      of packets lost there (0)
  --wan drop|reject   what routers do with packets nobody asked for (drop)
  --json FILE         the results, for programs
  --help              print this`

const RUNS_MAX = 1_000
const DELAY_MAX_MS = 2_000
const LOSS_MAX_PERCENT = 50

/** Reads the command line. Pure. */
export function parseOptions(args: readonly string[]): ParsedOptions {
  try {
    const values = readArguments(args)
    return values.help === true ? { kind: 'help' } : { kind: 'run', options: check(values) }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    if (error instanceof BadOption) return { kind: 'error', sentence: text }
    return { kind: 'error', sentence: `${(text.split('. ')[0] ?? '').replace(/\.$/, '')}. --help lists the options.` }
  }
}

class BadOption extends Error {}

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: false,
    options: {
      once: { type: 'boolean' },
      kinds: { type: 'string' },
      pair: { type: 'string' },
      runs: { type: 'string' },
      scene: { type: 'string' },
      'delay-ms': { type: 'string' },
      loss: { type: 'string' },
      wan: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  }).values
}

function check(values: ReturnType<typeof readArguments>): LabOptions {
  const wan = values.wan ?? 'drop'
  if (wan !== 'drop' && wan !== 'reject') throw new BadOption('--wan is drop or reject.')
  return {
    task: taskOf(values),
    weather: {
      delayMs: number('--delay-ms', values['delay-ms'], { most: DELAY_MAX_MS, fallback: 10 }),
      lossPercent: number('--loss', values.loss, { most: LOSS_MAX_PERCENT, fallback: 0, isWhole: false }),
      wan,
    },
    ...(values.json === undefined ? {} : { jsonFile: values.json }),
  }
}

function taskOf({ once, kinds, pair, runs, scene }: ReturnType<typeof readArguments>): Task {
  const chosen = [once === true && '--once', pair !== undefined && '--pair', scene !== undefined && '--scene']
  if (chosen.filter(Boolean).length > 1) throw new BadOption('--once, --pair and --scene exclude each other.')
  if (runs !== undefined && pair === undefined) throw new BadOption('--runs needs --pair A:B.')
  if (scene !== undefined) return { kind: 'scenes', scene }
  if (pair === undefined) return matrixOf(once === true, kinds)
  if (kinds !== undefined) throw new BadOption('--kinds is for the matrix.')
  if (runs === undefined) return { kind: 'row', pair: readPair(pair) }
  return { kind: 'runs', pair: readPair(pair), runs: number('--runs', runs, { least: 1, most: RUNS_MAX, fallback: 1 }) }
}

function matrixOf(isEachPairOnce: boolean, kinds: string | undefined): Task {
  const chosen = kinds === undefined ? [...KINDS] : [...new Set(kinds.split(','))]
  if (!chosen.every(isKind)) throw new BadOption(`--kinds takes some of ${KINDS.join(',')}.`)
  // The rounds of each pair once are made for an odd number of kinds (rows/rounds.ts).
  if (isEachPairOnce && chosen.length % 2 === 0) throw new BadOption('--once takes an odd number of --kinds.')
  return { kind: 'matrix', isEachPairOnce, kinds: chosen }
}

function readPair(text: string): Pairing {
  const [a, b, ...more] = text.split(':')
  if (!isKind(a) || !isKind(b) || more.length > 0)
    throw new BadOption(`--pair takes two of ${KINDS.join(', ')}, like cone:cgn, not “${text}”.`)
  return { a, b }
}

const isKind = (text: string | undefined): text is MatrixKind => KINDS.some((kind) => kind === text)

interface Range {
  readonly least?: number
  readonly most: number
  readonly fallback: number
  readonly isWhole?: boolean
}

function number(name: string, text: string | undefined, { least = 0, most, fallback, isWhole = true }: Range): number {
  if (text === undefined) return fallback
  const value = (isWhole ? /^\d{1,6}$/ : /^\d{1,3}(\.\d{1,3})?$/).test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most))
    throw new BadOption(`${name} is a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}.`)
  return value
}
