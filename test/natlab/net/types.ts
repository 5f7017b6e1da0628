/** What a network of the lab does to the packets of the people in it (test/natlab/README.md has the table). */
export const NAT_KINDS = [
  'public',
  'mapped',
  'cone',
  'restricted',
  'shifted',
  'random',
  'cgn',
  'noudp',
  'symmetric',
  'cgnsym',
  'firewall6',
] as const

export type NatKind = (typeof NAT_KINDS)[number]

export function isNatKind(word: string): word is NatKind {
  return NAT_KINDS.some((kind) => kind === word)
}

export interface LabOptions {
  /** One way, through the internet; 10 unless told. Two hosts are two of these apart, there and back. */
  readonly delayMs?: number
  /** Of the packets that cross the internet, each way; 0 unless told. */
  readonly lossPercent?: number
  /** What a router does with a packet from outside that nobody inside asked for: silence (unless told) or RST and ICMP. */
  readonly wan?: 'drop' | 'reject'
  /** What the `miniupnpd` of a `mapped` router says it is; `igd2` unless told. */
  readonly upnp?: 'igd1' | 'igd2'
}

/** A machine that programs can be started on. */
export interface Site {
  readonly name: string
  /** On its own interface. */
  readonly address: string
  /** Set where the machine has IPv6: every `firewall6` host, and sites that were asked for with it. */
  readonly address6: string | undefined
  /** Put in front of a command, this runs it on that machine. */
  readonly through: readonly string[]
}

/** A machine in somebody's home. Carried to another network (`move`), its kind and addresses are those of the new one. */
export interface Host extends Site {
  readonly kind: NatKind
  /** What the internet sees; for `firewall6` the IPv6 address itself. */
  readonly outerAddress: string
}

export interface SiteOptions {
  /** A second address on the same machine, on another network: `Site.secondAddress`. */
  readonly hasSecondAddress?: boolean
  /** Also reachable over IPv6, which a `firewall6` host needs. */
  readonly hasIpv6?: boolean
}

/** A relay's place: on the internet itself, without a router. */
export interface RelaySite extends Site {
  readonly secondAddress: string | undefined
}

export interface HostOptions {
  /** `mapped` only: the router with UPnP stands behind a carrier's NAT, so what it maps is of no use outside. */
  readonly isBehindCarrier?: boolean
  /** For this host's routers; absent: as the lab's. */
  readonly wan?: 'drop' | 'reject'
}

/** One port mapping, as the router's own rules have it. */
export interface PortMapping {
  readonly protocol: 'tcp' | 'udp'
  readonly outerPort: number
  readonly innerAddress: string
  readonly innerPort: number
}

/** What crossed the internet from one address to another, lost packets included. */
export interface Traffic {
  readonly packets: number
  readonly bytes: number
}

export interface Lab {
  /** A public machine on the internet, each on a network with another first octet. */
  addSite(options?: SiteOptions): Promise<RelaySite>
  /** A machine with a router of its own. Inner networks of two hosts may be the same, and so may their inner addresses. */
  addHost(kind: NatKind, options?: HostOptions): Promise<Host>
  /** A second machine behind the same router. */
  addBehind(host: Host): Promise<Host>
  /** The same machine carried to another network: interface down, new router, new addresses and route. */
  move(host: Host, kind: NatKind): Promise<void>
  /** Its router's line to the internet, dead without a sign: packets vanish both ways, interfaces stay up. */
  setLink(host: Host, isUp: boolean): Promise<void>
  /** Packets towards the host (`in`) or from it (`out`) vanish on the internet; `none` ends it. */
  dropOneWay(host: Host, direction: 'in' | 'out' | 'none'): Promise<void>
  /** The router forgets every connection, mapping and port mapping; a `miniupnpd` starts again, empty. */
  rebootRouter(host: Host): Promise<void>
  /** The router forgets connections and NAT mappings, as after a long silence; port mappings stay. */
  flushMappings(host: Host): Promise<void>
  /** Port mappings of a `mapped` host's router, read from the router's rules. */
  readMappings(host: Host): Promise<readonly PortMapping[]>
  /** What `from` has sent to `to` over the internet since the lab began: addresses as the internet sees them. */
  trafficBetween(from: string, to: string): Promise<Traffic>
  stop(): Promise<void>
}
