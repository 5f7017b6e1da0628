import type { Weather } from '../options.ts'

/** A story that is played in the lab, with what has to come out of it. */
export interface Scene {
  readonly name: string
  /** What has to hold, in a sentence. */
  readonly promise: string
  /** Under 20 s: part of `npm test`. */
  readonly isShort: boolean
  readonly withinMs: number
  /** Plays it. Throws what did not hold; gives the figures that did. */
  play(stagehand: Stagehand): Promise<readonly Figure[]>
}

/** What a scene is given. */
export interface Stagehand {
  readonly weather: Weather
  readonly say: (line: string) => void
}

/** One measured figure against what was promised. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: 'ms' | 'messages' | 'packets' | 'clients' | 'times' | 'bytes'
  /** Broken when the value is above it. */
  readonly most?: number
  /** Broken when the value is below it. */
  readonly least?: number
}

/** Does a figure break its promise? */
export const isBroken = ({ value, most, least }: Figure): boolean =>
  !(value <= (most ?? Number.POSITIVE_INFINITY) && value >= (least ?? Number.NEGATIVE_INFINITY))

/** What became of a scene. */
export interface Played {
  readonly scene: string
  readonly promise: string
  readonly ms: number
  readonly figures: readonly Figure[]
  readonly failures: readonly string[]
}

/** One figure in words. */
export function figureText({ name, value, unit, most, least }: Figure): string {
  const bound = [most === undefined ? '' : `at most ${most}`, least === undefined ? '' : `at least ${least}`]
  const promised = bound.filter((one) => one !== '').join(', ')
  return `${name}: ${Math.round(value)} ${unit}${promised === '' ? '' : ` (${promised})`}`
}
