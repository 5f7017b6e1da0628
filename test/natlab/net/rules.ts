/** What one router does, as a ruleset for `nft -f`. Its interfaces are called `lan` and `wan`. */
export type RouterKind = 'restricted' | 'cone' | 'shifted' | 'symmetric' | 'noudp' | 'mapped' | 'random' | 'firewall6'

export type Unwanted = 'drop' | 'reject'

/** How long a `cone` lets strangers in after the last packet from inside. */
const OPEN_FOR_S = 300
const FIRST_PORT = 1024
const PORT_COUNT = 65536 - FIRST_PORT
const SHIFT_BY = 17_003

/** The outer port a `shifted` router gives an inner one, for inner ports from 1024 up. */
export function shiftedPort(inner: number): number {
  return ((inner - FIRST_PORT + SHIFT_BY) % PORT_COUNT) + FIRST_PORT
}

/** `outerAddress` is the router's own on `wan`; `shifted` needs it. */
export function ruleset(kind: RouterKind, unwanted: Unwanted, outerAddress: string): string {
  if (kind === 'firewall6') return guard('ip6', unwanted)
  if (kind === 'random') return randomGuard(unwanted)
  return [translation(kind, outerAddress), guard('ip', unwanted)].join('\n')
}

function translation(kind: Exclude<RouterKind, 'firewall6' | 'random'>, outerAddress: string): string {
  switch (kind) {
    case 'restricted':
      return table([masquerade('masquerade')])
    case 'symmetric':
      return table([masquerade('masquerade fully-random')])
    case 'noudp':
      return table([
        'chain silent { type filter hook forward priority -10; meta l4proto udp drop; }',
        masquerade('masquerade'),
      ])
    case 'cone':
      return table([...opened('udp'), ...opened('tcp'), masquerade('masquerade')])
    case 'shifted':
      return table([
        `map shift { type inet_service : inet_service; elements = { ${shifts()} }; }`,
        masquerade(
          `meta l4proto tcp tcp sport >= ${FIRST_PORT} snat to ${outerAddress} : tcp sport map @shift`,
          `meta l4proto udp udp sport >= ${FIRST_PORT} snat to ${outerAddress} : udp sport map @shift`,
          'masquerade',
        ),
      ])
    case 'mapped':
      return [table([masquerade('masquerade')]), PORT_MAPPING_CHAINS].join('\n')
  }
}

function table(parts: readonly string[]): string {
  return `table ip translation {\n${parts.join('\n')}\n}`
}

function masquerade(...rules: readonly string[]): string {
  const lines = rules.map((rule) => `oifname "wan" ${rule};`).join(' ')
  return `chain outward { type nat hook postrouting priority 100; ${lines} }`
}

/** Endpoint-independent filtering: whatever comes to a port that somebody inside has used is theirs, whoever sent it. */
function opened(protocol: 'tcp' | 'udp'): string[] {
  return [
    `map ${protocol}_users { type inet_service : ipv4_addr; flags dynamic,timeout; timeout ${OPEN_FOR_S}s; }`,
    `chain note_${protocol} { type filter hook forward priority -10; iifname "lan" meta l4proto ${protocol} update @${protocol}_users { ${protocol} sport : ip saddr }; }`,
    `chain inward_${protocol} { type nat hook prerouting priority -100; iifname "wan" meta l4proto ${protocol} dnat to ${protocol} dport map @${protocol}_users; }`,
  ]
}

/** Forgets whom a `cone` has opened ports for. */
export const CLOSE_CONE = 'flush map ip translation udp_users; flush map ip translation tcp_users'

function shifts(): string {
  return Array.from({ length: PORT_COUNT }, (_, n) => `${FIRST_PORT + n} : ${shiftedPort(FIRST_PORT + n)}`).join(', ')
}

/**
 * Nothing comes in that nobody inside asked for, nor to the router itself: a packet the router took for itself would get an
 * entry in its connection table, and the inside machine's own packet to that peer would then leave from another port.
 */
function guard(family: 'ip' | 'ip6', unwanted: Unwanted): string {
  const refuse = refusal(family, unwanted)
  return `table ${family} guard {
    chain input { type filter hook input priority 0; iifname != "wan" accept; ct state established,related accept; ${refuse} }
    chain forward { type filter hook forward priority 0; ct state established,related accept; ct state invalid drop; iifname "lan" accept; ct status dnat accept; ${refuse} }
  }`
}

/** The program in random-nat.c decides; what it does not want it sends back unchanged, from `nat` to `nat`. */
function randomGuard(unwanted: Unwanted): string {
  return `table ip guard {
    chain input { type filter hook input priority 0; iifname "lan" accept; iifname "lo" accept; drop; }
    chain forward { type filter hook forward priority 0; iifname "nat" oifname "nat" goto unwanted; }
    chain unwanted { ${refusal('ip', unwanted)} }
  }`
}

function refusal(family: 'ip' | 'ip6', unwanted: Unwanted): string {
  if (unwanted === 'drop') return 'drop;'
  const icmp = family === 'ip' ? 'icmp type port-unreachable' : 'icmpv6 type port-unreachable'
  return `meta l4proto tcp reject with tcp reset; meta l4proto udp reject with ${icmp}; drop;`
}

/** The chains `miniupnpd` fills (names given to it in upnp.ts); what it maps is let in by the guard as `ct status dnat`. */
export const PORT_MAPPING_CHAINS = `table inet upnp {
    chain mapped_forward { }
    chain mapped_in { }
    chain mapped_out { }
    chain prerouting { type nat hook prerouting priority -100; jump mapped_in; }
    chain postrouting { type nat hook postrouting priority 100; jump mapped_out; }
    chain forward { type filter hook forward priority 0; jump mapped_forward; }
  }`
