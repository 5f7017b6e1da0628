/** Value below which `share` (0–1) of the samples lie; nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}

/** One measured figure. `most`: the promise; broken when `value` is above it. */
export interface Figure {
  readonly name: string
  readonly unit: string
  readonly value: number
  readonly samples: number
  readonly most?: number
}

export const isBroken = ({ value, most }: Figure) => most !== undefined && !(value <= most)

export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, most, samples }) => [
    name,
    `${value.toFixed(2)} ${unit}`,
    most === undefined ? '' : `≤ ${most} ${unit}`,
    `${samples}`,
  ])
  const all = [['figure', 'value', 'promise', 'samples'], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
