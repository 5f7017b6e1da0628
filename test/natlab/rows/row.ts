import type { MatrixKind, PathName } from './promise.ts'

/** What became of one pair, as `--json` writes it. Times in milliseconds; absent = did not come to that. */
export interface Row {
  readonly a: MatrixKind
  readonly b: MatrixKind
  readonly direction: 'forward' | 'back'
  readonly promised: PathName
  readonly got?: PathName
  /** What led to the direct line, in the journal's word. */
  readonly mechanism?: string
  /** How often something was tried, at the end that tried more. */
  readonly attempts: number
  readonly msToRelayed?: number
  readonly msToDirect?: number
  readonly msPunch?: number
  readonly rttRelayedMs?: number
  readonly rttDirectMs?: number
  readonly lost?: number
  readonly duplicated?: number
  readonly reordered?: number
  readonly badgeTruthful?: boolean
  readonly runs: number
  readonly successes: number
  /** Why the page says that the line stays relayed. */
  readonly reason?: string
  /** Slowest answer while the relay in use was dead. */
  readonly msWithoutRelay?: number
  /** What was promised and did not come about, in sentences. Empty = everything held. */
  readonly failures: readonly string[]
}

export interface Report {
  readonly startedAt: string
  readonly commit: string
  readonly rows: readonly Row[]
}

type Column = readonly [title: string, cell: (row: Row) => string]

const ms = (value: number | undefined) => (value === undefined ? '' : `${Math.round(value)}`)
const isClean = ({ lost, duplicated, reordered }: Row) => lost === 0 && duplicated === 0 && reordered === 0

const COLUMNS: readonly Column[] = [
  ['pair', ({ a, b }) => `${a}:${b}`],
  ['promised', ({ promised }) => promised],
  ['got', ({ got }) => got ?? '-'],
  ['by', ({ mechanism, reason }) => mechanism ?? reason ?? ''],
  ['tries', ({ attempts }) => `${attempts}`],
  ['relayed ms', ({ msToRelayed }) => ms(msToRelayed)],
  ['direct ms', ({ msToDirect }) => ms(msToDirect)],
  ['punch ms', ({ msPunch }) => ms(msPunch)],
  ['rtt relayed', ({ rttRelayedMs }) => ms(rttRelayedMs)],
  ['rtt direct', ({ rttDirectMs }) => ms(rttDirectMs)],
  [
    'lost/twice/order',
    (row) => (row.lost === undefined ? '' : isClean(row) ? '0' : `${row.lost}/${row.duplicated}/${row.reordered}`),
  ],
  ['badge', ({ badgeTruthful }) => (badgeTruthful === undefined ? '' : badgeTruthful ? 'true' : 'LIES')],
  ['no relay ms', ({ msWithoutRelay }) => ms(msWithoutRelay)],
  ['', ({ failures }) => (failures.length === 0 ? 'ok' : `FAILED ${failures.join('; ')}`)],
]

/** Rows as people read them. */
export function table(rows: readonly Row[]): string {
  return alignColumns([COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))])
}

/** Lines whose cells stand below each other. */
export function alignColumns(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
