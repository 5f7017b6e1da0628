import { KINDS, type MatrixKind } from './promise.ts'

/** One pair of hosts: `b` gives a link to `a`. */
export interface Pairing {
  readonly a: MatrixKind
  readonly b: MatrixKind
}

/**
 * All ordered pairs in rounds in which every host takes part exactly once (a Latin square): in round r, the host A of kind i
 * meets the host B of kind i + r.
 */
export function everyDirection(kinds: readonly MatrixKind[] = KINDS): Pairing[][] {
  return kinds.map((_, shift) => roundOf(kinds, shift))
}

/**
 * Every unordered pair once, direction alternating. Of the rounds r and n - r, which hold the same pairs in the two
 * directions, one is taken: forward for even r, back for odd ones. The number of kinds is odd, so no round is its own opposite.
 */
export function eachPairOnce(kinds: readonly MatrixKind[] = KINDS): Pairing[][] {
  const n = kinds.length
  if (n % 2 === 0) throw new RangeError(`an even number of kinds (${n}) has a round that is its own opposite`)
  return Array.from({ length: (n + 1) / 2 }, (_, shift) => roundOf(kinds, shift % 2 === 0 ? shift : n - shift))
}

function roundOf(kinds: readonly MatrixKind[], shift: number): Pairing[] {
  return kinds.map((a, index) => ({ a, b: kinds[(index + shift) % kinds.length] ?? a }))
}

/** `forward`: the kind that comes first in the matrix is the one who calls. */
export function directionOf({ a, b }: Pairing, kinds: readonly MatrixKind[] = KINDS): 'forward' | 'back' {
  return kinds.indexOf(a) <= kinds.indexOf(b) ? 'forward' : 'back'
}
