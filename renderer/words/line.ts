import { isRelayed, type LineKind, type Path, type Transport } from '../../shared/domain/line.ts'
import type { PeerId } from '../../shared/domain/peer.ts'
import { type OwnSide, ownCause } from './own-side.ts'
import { saidOfLines as said } from './said-of-lines.ts'
import { clock, milliseconds } from './time.ts'

/** The word for each drawing of the line. */
export const lineWord: Readonly<Record<LineKind, string>> = said.word

/** The exact term for what carries the bytes. */
export const transportWord: Readonly<Record<Transport, string>> = {
  tcp: 'TCP',
  websocket: 'WebSocket',
  quic: 'QUIC',
  webrtc: 'WebRTC',
  webtransport: 'WebTransport',
  other: said.otherTransport,
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
    const trying = line.kind === 'upgrading' ? ` · ${said.trying}` : ''
    return { strong: said.relayed, rest: `${said.byRelay(relayName(line.relay))}${trip}${trying}` }
  }
  const strong = lineWord[line.kind]
  const cause = mine === undefined ? undefined : ownCause(mine.own)
  if (line.kind === 'none' && mine !== undefined && cause !== undefined)
    return { strong, rest: said.noneBecause(mine.name, cause) }
  if (line.kind === 'none')
    return { strong, rest: lastSeen === undefined ? '' : ` · ${said.lastSeen(clock(lastSeen))}` }
  if (line.kind === 'unknown') return { strong, rest: '' }
  return { strong, rest: `${path.transport === undefined ? '' : ` · ${transportWord[path.transport]}`}${trip}` }
}

/** Why this line still runs over a relay, in one sentence; nothing where that is not known, or where no relay is in it. */
export const relayedSentence = ({ line, because }: Pick<Path, 'line' | 'because'>, name: string): string | undefined =>
  isRelayed(line) && because !== undefined ? said.because[because](name) : undefined

/** One sentence about a line, for the panel's first words. */
export function lineSentence(
  { line, since }: Pick<Path, 'line' | 'since'>,
  name: string,
  relayName: string,
  own: OwnSide,
): string {
  const cause = ownCause(own)
  const from = since === undefined ? '' : said.since(clock(since))
  switch (line.kind) {
    case 'direct':
    case 'lan':
      return said.sentence[line.kind](from, name)
    case 'relayed':
    case 'upgrading':
      return said.sentence[line.kind](from, relayName)
    case 'none':
      return cause === undefined ? said.sentence.none(name) : said.sentence.noneBecause(name, cause)
    case 'unknown':
      return said.sentence.unknown(name)
  }
}
