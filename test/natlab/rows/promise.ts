import type { LineKind, RelayedReason } from '../../../shared/domain/line.ts'

// What is possible between two kinds of NAT, and what a row that was run makes of it. Pure.

/** The kinds of the matrix, in the order of its rows (kinds.test.ts shows what each of them does). */
export const KINDS = [
  'public',
  'mapped',
  'cone',
  'restricted',
  'shifted',
  'random',
  'cgn',
  'noudp',
  'symmetric',
] as const
export type MatrixKind = (typeof KINDS)[number]

/** What the lab holds a line against. */
export type PathName = 'direct' | 'relayed' | 'lan'

export type PathPromise =
  | { readonly path: 'direct' }
  /** What TCP cannot do: the reason the page has to give. A direct line there is more than was promised. */
  | { readonly path: 'relayed'; readonly because: RelayedReason }

/** Can somebody outside dial this kind without having been talked to first? */
const isReachable = (kind: MatrixKind) => kind === 'public' || kind === 'mapped'

/** What two hosts of these kinds reach; the same in both directions. */
export function promiseOf(a: MatrixKind, b: MatrixKind): PathPromise {
  if (isReachable(a) || isReachable(b)) return { path: 'direct' }
  if (a === 'symmetric' && b === 'symmetric') return { path: 'relayed', because: 'both-change-ports' }
  // Another outer port for each destination: nobody can be told in advance where the next one will be.
  if (a === 'symmetric' || b === 'symmetric') return { path: 'relayed', because: 'needs-udp-punch' }
  return { path: 'direct' }
}

/** The path a line is; `undefined` while nothing is connected. */
export function pathName(kind: LineKind): PathName | undefined {
  switch (kind) {
    case 'direct':
    case 'lan':
      return kind
    case 'relayed':
    case 'upgrading':
      return 'relayed'
    default:
      return undefined
  }
}

/** Why a row that ended on this path does not keep its promise; `undefined` when it does. */
export function brokenPromise(
  promise: PathPromise,
  got: {
    readonly path: PathName | undefined
    readonly because: readonly (RelayedReason | undefined)[]
    readonly kinds: readonly LineKind[]
  },
): string | undefined {
  if (got.path === undefined) return `no common line: one end says ${got.kinds.join(', the other ')}`
  if (got.path === 'lan') return 'a line of the local network between two networks'
  if (got.path === 'direct') return undefined
  if (promise.path === 'direct') return 'promised direct, stayed relayed'
  const wrong = got.because.filter((because) => because !== promise.because)
  return wrong.length === 0
    ? undefined
    : `the page gives the reason ${wrong.map((because) => because ?? 'none').join(', ')} instead of ${promise.because}`
}
