import type { PeerId } from '../../shared/domain/peer.ts'
import type { PeerBytes, RelayCounts } from '../network/relay-server/counters.ts'
import type { RelayLimits, RelayNode, Reservation } from '../network/relay-server/node.ts'
import type { StunCounts, StunServer } from '../network/relay-server/stun-server.ts'

/** What the relay is and has done, as plain data: `/status.json`. Times are milliseconds since 1970. */
export interface RelayStatus {
  readonly id: PeerId
  readonly name?: string
  readonly addresses: readonly string[]
  readonly startedAt: number
  readonly limits: RelayLimits
  readonly reservations: readonly Reservation[]
  readonly reservationsTotal: number
  readonly connections: number
  readonly circuitsOpen: number
  readonly circuitsTotal: number
  /** Bytes carried inside circuits, both directions. */
  readonly relayedBytes: number
  readonly relayedBytesByPeer: Readonly<Record<PeerId, PeerBytes>>
  /** `what:cause` -> how often. */
  readonly refused: Readonly<Record<string, number>>
  readonly stun: StunCounts & { readonly endpoints: readonly string[] }
  readonly residentBytes: number
}

/** Puts a status together from the relay's parts. */
export function relayStatus(parts: {
  readonly node: RelayNode
  readonly counts: RelayCounts
  readonly limits: RelayLimits
  readonly stun: StunServer
  readonly startedAt: number
  readonly name?: string
}): RelayStatus {
  const { node, counts, stun } = parts
  return {
    id: node.id,
    ...(parts.name === undefined ? {} : { name: parts.name }),
    addresses: node.addresses(),
    startedAt: parts.startedAt,
    limits: parts.limits,
    reservations: node.reservations(),
    reservationsTotal: counts.reservationsTotal,
    connections: node.connections(),
    circuitsOpen: counts.circuitsOpen,
    circuitsTotal: counts.circuitsTotal,
    relayedBytes: counts.relayedBytes,
    relayedBytesByPeer: Object.fromEntries(counts.bytesByPeer),
    refused: Object.fromEntries(counts.refused),
    stun: { ...stun.counts(), endpoints: stun.endpoints.map(({ ip, port }) => hostAndPort(ip, port)) },
    residentBytes: process.memoryUsage.rss(),
  }
}

const hostAndPort = (ip: string, port: number): string => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)

/** The same as Prometheus text, format 0.0.4. Peers are not in it: who uses a relay is nothing to keep in a time series. */
export function prometheusText(status: RelayStatus): string {
  const lines: string[] = []
  const metric = (name: string, kind: 'counter' | 'gauge', help: string, samples: Sample[] | number) => {
    const full = `sightline_relay_${name}`
    lines.push(`# HELP ${full} ${help}`, `# TYPE ${full} ${kind}`)
    const all: Sample[] = typeof samples === 'number' ? [{ value: samples }] : samples
    for (const { labels, value } of all) lines.push(`${full}${labelText(labels)} ${value}`)
  }
  metric('relayed_bytes_total', 'counter', 'Bytes carried inside circuits, both directions.', status.relayedBytes)
  metric('circuits_total', 'counter', 'Circuits opened.', status.circuitsTotal)
  metric('circuits', 'gauge', 'Circuits open now.', status.circuitsOpen)
  metric('reservations_total', 'counter', 'Places given.', status.reservationsTotal)
  metric('reservations', 'gauge', 'Places held now.', status.reservations.length)
  metric('reservations_max', 'gauge', 'Places there are.', status.limits.reservations)
  metric('connections', 'gauge', 'Connections open now.', status.connections)
  metric(
    'refused_total',
    'counter',
    'What was refused, and why.',
    Object.entries(status.refused).map(([key, value]) => {
      const [what = '', cause = ''] = key.split(':')
      return { labels: { what, cause }, value }
    }),
  )
  metric('stun_requests_total', 'counter', 'STUN requests by outcome.', [
    { labels: { outcome: 'answered' }, value: status.stun.answered },
    { labels: { outcome: 'limited' }, value: status.stun.limited },
    { labels: { outcome: 'malformed' }, value: status.stun.malformed },
  ])
  metric('resident_bytes', 'gauge', 'Memory of the process.', status.residentBytes)
  metric('start_time_seconds', 'gauge', 'When it started, in seconds since 1970.', status.startedAt / 1000)
  return `${lines.join('\n')}\n`
}

interface Sample {
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

function labelText(labels: Readonly<Record<string, string>> | undefined): string {
  if (labels === undefined) return ''
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`
}
