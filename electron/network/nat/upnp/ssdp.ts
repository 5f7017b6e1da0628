import { createSocket, type Socket } from 'node:dgram'
import { createAlarm } from './alarm.ts'
import type { Lan } from './lan.ts'

/** A device that says it opens ports. Nothing in it is checked yet but its form. */
export interface SsdpAnswer {
  /** IP address the answer came from. */
  readonly responder: string
  /** Where it says its description is. */
  readonly location: string
  /** The network it was heard on. */
  readonly lan: Lan
}

export interface SearchOptions {
  readonly lans: readonly Lan[]
  readonly listenMs: number
  readonly onAnswer: (answer: SsdpAnswer) => void
  readonly signal: AbortSignal
  /** The group every device listens on (UPnP Device Architecture 1.1, section 1.3.2). */
  readonly group?: SsdpGroup
}

export interface SsdpGroup {
  readonly address: string
  readonly port: number
}

export const SSDP_GROUP: SsdpGroup = { address: '239.255.255.250', port: 1900 }

const TARGETS = [
  'urn:schemas-upnp-org:device:InternetGatewayDevice:1',
  'urn:schemas-upnp-org:device:InternetGatewayDevice:2',
  'urn:schemas-upnp-org:service:WANIPConnection:1',
  'urn:schemas-upnp-org:service:WANPPPConnection:1',
]
// UDP gets lost, above all the first packet after a wake.
const SENT_TIMES = 2
const AGAIN_AFTER_MS = 700
const ANSWER_MAX_BYTES = 2_048
const HOPS_MAX = 2

/** Asks every network for routers that open ports, and listens for a while. Answers may come in any number, and twice. */
export async function searchRouters(options: SearchOptions): Promise<void> {
  const { lans, listenMs, signal } = options
  if (signal.aborted) return
  const closes = lans.map((lan) => searchOn(lan, options))
  await createAlarm().wait(listenMs, signal)
  for (const close of closes) close()
}

function searchOn(lan: Lan, { group = SSDP_GROUP, onAnswer }: SearchOptions): () => void {
  const socket = createSocket('udp4')
  let again: NodeJS.Timeout | undefined
  // An interface that went away, or a network without multicast: whoever is there does not answer.
  socket.on('error', () => undefined)
  socket.on('message', (bytes, { address }) => {
    const location = locationIn(bytes)
    if (location !== undefined) onAnswer({ responder: address, location, lan })
  })
  socket.bind({ address: lan.address, port: 0, exclusive: true }, () => {
    sendAll(socket, lan, group)
    let left = SENT_TIMES - 1
    again = setInterval(() => {
      if (left-- > 0) sendAll(socket, lan, group)
    }, AGAIN_AFTER_MS)
    again.unref()
  })
  socket.unref()
  return () => {
    clearInterval(again)
    socket.close()
  }
}

function sendAll(socket: Socket, lan: Lan, group: SsdpGroup): void {
  try {
    socket.setMulticastInterface(lan.address)
    socket.setMulticastTTL(HOPS_MAX)
  } catch {
    // The interface went away meanwhile.
    return
  }
  for (const target of TARGETS) socket.send(searchMessage(target), group.port, group.address, () => undefined)
}

/** M-SEARCH (UPnP Device Architecture 1.1, section 1.3.2): answer within a second. */
function searchMessage(target: string): string {
  const { address, port } = SSDP_GROUP
  return [
    'M-SEARCH * HTTP/1.1',
    `HOST: ${address}:${port}`,
    'MAN: "ssdp:discover"',
    'MX: 1',
    `ST: ${target}`,
    '',
    '',
  ].join('\r\n')
}

/** Where the description is, if the message answers one of our questions. */
export function locationIn(bytes: Uint8Array): string | undefined {
  if (bytes.byteLength > ANSWER_MAX_BYTES) return undefined
  const [first = '', ...lines] = Buffer.from(bytes).toString('latin1').split(/\r?\n/)
  if (!/^HTTP\/1\.[01] 200\b/.test(first)) return undefined
  const header = (name: string) => {
    const line = lines.find((one) => one.slice(0, name.length + 1).toLowerCase() === `${name}:`)
    return line?.slice(name.length + 1).trim()
  }
  return TARGETS.includes(header('st') ?? '') ? header('location') : undefined
}
