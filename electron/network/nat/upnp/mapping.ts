/** A port of ours that should be open to the internet. */
export interface Want {
  readonly protocol: 'TCP' | 'UDP'
  /** Our own address, on the router's network. */
  readonly host: string
  readonly port: number
}

/** What to ask a router for. */
export interface Ask {
  readonly externalPort: number
  /** 0 = for ever. */
  readonly leaseSeconds: number
}

/** What a router says of one outer port and protocol; `unknown` when it does not tell. */
export type Found = 'ours' | 'foreign' | 'none' | 'unknown'

/** The errors of AddPortMapping and GetSpecificPortMappingEntry that we answer to (WANIPConnection:1, section 2.4.16). */
export const IGD_ERROR = {
  noSuchEntry: 714,
  conflict: 718,
  samePortValuesRequired: 724,
  onlyPermanentLeases: 725,
  // WANIPConnection:2, section 2.5.17: somebody else's mapping, or a port of the router itself.
  conflictWithOther: 729,
} as const

export const ASKS_MAX = 8

const PORT_MIN = 20_000
const PORTS = 40_000

/** What to ask for after a refusal; `undefined` when nothing else would help. */
export function afterRefusal(
  code: number | undefined,
  ask: Ask,
  innerPort: number,
  random: () => number = Math.random,
): Ask | undefined {
  switch (code) {
    case IGD_ERROR.conflict:
    case IGD_ERROR.conflictWithOther:
      return { ...ask, externalPort: PORT_MIN + Math.floor(random() * PORTS) }
    case IGD_ERROR.samePortValuesRequired:
      return ask.externalPort === innerPort ? undefined : { ...ask, externalPort: innerPort }
    case IGD_ERROR.onlyPermanentLeases:
      return ask.leaseSeconds === 0 ? undefined : { ...ask, leaseSeconds: 0 }
    default:
      return undefined
  }
}

export function keyOf({ protocol, host, port }: Want): string {
  return `${protocol} ${host}:${port}`
}
