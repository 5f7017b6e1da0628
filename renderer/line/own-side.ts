import type { Contact } from '../../shared/domain/contact.ts'
import type { NatReport } from '../../shared/domain/nat-report.ts'
import type { Relay } from '../../shared/domain/relay.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { hasNetwork, type OwnSide } from '../words/own-side.ts'

/** What my own side of a missing line is judged by; absent = not known yet. */
export interface Seen {
  readonly settings: Pick<Settings, 'relayOnly'> | undefined
  readonly relays: Iterable<Pick<Relay, 'state'>> | undefined
  readonly report: Pick<NatReport, 'addresses'> | undefined
  /** Everybody I know, with the lines to them. */
  readonly people: Iterable<Pick<Contact, 'path'>> | undefined
}

/** Whether my own side is in order, or why it may be the reason that there is no line. */
export function ownSideOf({ settings, relays, report, people }: Seen, contact: Pick<Contact, 'isRelayOnly'>): OwnSide {
  if (settings === undefined || relays === undefined || report === undefined || people === undefined)
    return { state: 'unknown' }
  const states = [...relays].map(({ state }) => state)
  if (states.includes('reserved')) return { state: 'fine' }
  const relayOnly = settings.relayOnly ? 'all' : contact.isRelayOnly ? 'contact' : undefined
  // A line inside this network shows nothing about the world beyond it, so only a direct one through it counts.
  if (relayOnly === undefined && [...people].some(({ path }) => path.line.kind === 'direct')) return { state: 'fine' }
  const chosen: Pick<OwnSide, 'relayOnly'> = relayOnly === undefined ? {} : { relayOnly }
  // Relay-only hides my addresses, so none of them then says nothing.
  if (!settings.relayOnly && !hasNetwork(report)) return { state: 'no-network', ...chosen }
  if (states.length === 0) return { state: 'no-relay', ...chosen }
  if (states.includes('connecting')) return { state: 'asking', ...chosen }
  return { state: states.every((state) => state === 'unreachable') ? 'silent' : 'no-place', ...chosen }
}
