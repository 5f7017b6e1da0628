import { isRelayed, type Line, type LineKind, type Path, type Transport } from '../../shared/domain/line.ts'
import type { PeerId } from '../../shared/domain/peer.ts'
import { clock, milliseconds } from './time.ts'

/** The word for each drawing of the line. */
export const lineWord: Readonly<Record<LineKind, string>> = {
  direct: 'Direct',
  relayed: 'Relayed',
  upgrading: 'Relayed, trying for direct',
  lan: 'On this network',
  none: 'Offline',
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

/** Says a path as the header does. `relayName` turns a relay's peer id into what people call it. */
export function lineWords(path: Path, relayName: (relay: PeerId) => string, lastSeen?: number): LineWords {
  const { line } = path
  const trip = path.roundTripMs === undefined ? '' : ` · ${milliseconds(path.roundTripMs)}`
  if (isRelayed(line)) {
    const trying = line.kind === 'upgrading' ? ' · trying for direct' : ''
    return { strong: 'Relayed', rest: ` by ${relayName(line.relay)}${trip}${trying}` }
  }
  const strong = lineWord[line.kind]
  if (line.kind === 'none') return { strong, rest: lastSeen === undefined ? '' : ` · last seen ${clock(lastSeen)}` }
  if (line.kind === 'unknown') return { strong, rest: '' }
  return { strong, rest: `${path.transport === undefined ? '' : ` · ${transportWord[path.transport]}`}${trip}` }
}

/** One sentence about a line, for the panel's first words. */
export function lineSentence(line: Line, name: string, relayName: string, since?: number): string {
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
      return `${name} is not there. What you write waits here and goes out by itself.`
    case 'unknown':
      return 'Not known yet: Sightline is looking.'
  }
}
