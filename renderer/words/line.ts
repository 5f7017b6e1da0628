import { isRelayed, type LineKind, type Path, type Transport } from '../../shared/domain/line.ts'
import type { PeerId } from '../../shared/domain/peer.ts'
import { type OwnSide, ownCause } from './own-side.ts'
import { clock, milliseconds } from './time.ts'

/** The word for each drawing of the line. */
export const lineWord: Readonly<Record<LineKind, string>> = {
  direct: 'Direct',
  relayed: 'Relayed',
  upgrading: 'Relayed, trying for direct',
  lan: 'On this network',
  none: 'No line',
  unknown: 'Not known yet',
}

/** The exact term for what carries the bytes. */
export const transportWord: Readonly<Record<Transport, string>> = {
  tcp: 'TCP',
  websocket: 'WebSocket',
  quic: 'QUIC',
  webrtc: 'WebRTC',
  webtransport: 'WebTransport',
  other: 'another transport',
}

/** The exact term for what encrypts a connection, from the name libp2p gives it. */
export const encryptionWord = (name: string): string => ({ tls: 'TLS 1.3', noise: 'Noise' })[name] ?? name

/** The words beside a line: the strong part, and the rest after it. Together: `Relayed by harbour · 43 ms`. */
export interface LineWords {
  readonly strong: string
  readonly rest: string
}

/**
 * Says a path as the header does. `relayName` turns a relay's peer id into what people call it. No line is no proof that
 * the other person is away, so what my own side lacks is named first.
 */
export function lineWords(
  path: Path,
  relayName: (relay: PeerId) => string,
  lastSeen?: number,
  mine?: { readonly name: string; readonly own: OwnSide },
): LineWords {
  const { line } = path
  const trip = path.roundTripMs === undefined ? '' : ` · ${milliseconds(path.roundTripMs)}`
  if (isRelayed(line)) {
    const trying = line.kind === 'upgrading' ? ' · trying for direct' : ''
    return { strong: 'Relayed', rest: ` by ${relayName(line.relay)}${trip}${trying}` }
  }
  const strong = lineWord[line.kind]
  const cause = mine === undefined ? undefined : ownCause(mine.own)
  if (line.kind === 'none' && mine !== undefined && cause !== undefined)
    return { strong, rest: ` to ${mine.name}: ${cause}` }
  if (line.kind === 'none') return { strong, rest: lastSeen === undefined ? '' : ` · last seen ${clock(lastSeen)}` }
  if (line.kind === 'unknown') return { strong, rest: '' }
  return { strong, rest: `${path.transport === undefined ? '' : ` · ${transportWord[path.transport]}`}${trip}` }
}

/** One sentence about a line, for the panel's first words. */
export function lineSentence(
  { line, since }: Pick<Path, 'line' | 'since'>,
  name: string,
  relayName: string,
  own: OwnSide,
): string {
  const cause = ownCause(own)
  const from = since === undefined ? '' : ` since ${clock(since)}`
  switch (line.kind) {
    case 'direct':
      return `Direct${from}: nobody stands between you and ${name}.`
    case 'lan':
      return `On this network${from}: what you write to ${name} does not leave it.`
    case 'relayed':
      return `Relayed by ${relayName}${from}.`
    case 'upgrading':
      return `Relayed by ${relayName}${from}. Trying for a direct line right now.`
    case 'none':
      return `No line to ${name}${cause === undefined ? '' : `: ${cause}`}. What you write waits here and goes out by itself.`
    case 'unknown':
      return `Not known yet whether there is a line to ${name}.`
  }
}
