import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket as TcpSocket } from 'node:net'
import { text } from 'node:stream/consumers'

/** What a router's port leads to. */
export interface FakeEntry {
  readonly client: string
  readonly port: number
  readonly leaseSeconds: number
  readonly description: string
}

/** How the router behaves; everything may be changed while it runs. */
export interface FakeBehaviour {
  /** Kinds of service in its description. */
  services: readonly string[]
  outerIp: string
  /** Says that it has a connection. */
  isConnected: boolean
  /** The number of a refusal, or `undefined` for yes. */
  refuse: (action: string, fields: Readonly<Record<string, string>>) => number | undefined
  /** Says yes and maps nothing. */
  isLiar: boolean
  /** Answers no request at all. */
  isSilent: boolean
  /** Takes the place of the description, or of every answer; told the path. */
  answer: ((path: string, response: ServerResponse) => void) | undefined
  /** What it answers to a search. */
  location: string
  description: (services: readonly string[]) => string
}

/** A router on loopback, with SSDP, HTTP and SOAP as in UPnP, and as bad as wished. */
export interface FakeRouter {
  readonly group: { readonly address: string; readonly port: number }
  readonly behaviour: FakeBehaviour
  /** By `TCP 4001`. */
  readonly entries: Map<string, FakeEntry>
  /** Actions and paths asked for, in order. */
  readonly asked: string[]
  readonly openSockets: () => number
  /** Answers a search from so many other addresses of loopback. */
  answerFrom(senders: readonly Socket[]): void
  stop(): Promise<void>
}

export const WAN_IP_1 = 'urn:schemas-upnp-org:service:WANIPConnection:1'
export const WAN_IP_2 = 'urn:schemas-upnp-org:service:WANIPConnection:2'
export const WAN_PPP_1 = 'urn:schemas-upnp-org:service:WANPPPConnection:1'

export async function startFakeRouter(changes: Partial<FakeBehaviour> = {}): Promise<FakeRouter> {
  const entries = new Map<string, FakeEntry>()
  const asked: string[] = []
  const sockets = new Set<TcpSocket>()
  let senders: readonly Socket[] = []
  const server = createServer((request, response) => void serve(request, response))
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const udp = await bound()
  const behaviour: FakeBehaviour = {
    services: [WAN_IP_1],
    outerIp: '80.1.2.3',
    isConnected: false,
    refuse: () => undefined,
    isLiar: false,
    isSilent: false,
    answer: undefined,
    location: `http://127.0.0.1:${portOf(server.address())}/root.xml`,
    description: deviceDescription,
    ...changes,
  }

  udp.on('message', (bytes, { address, port }) => {
    const target = /^ST: (\S+)/m.exec(bytes.toString())?.[1]
    if (behaviour.isSilent || target === undefined) return
    asked.push('search')
    const answer = `HTTP/1.1 200 OK\r\nST: ${target}\r\nLOCATION: ${behaviour.location}\r\nEXT:\r\n\r\n`
    for (const from of senders.length > 0 ? senders : [udp]) from.send(answer, port, address, () => undefined)
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ''
    const body = await text(request)
    const action = /#(\w+)"/.exec(String(request.headers['soapaction']))?.[1]
    asked.push(action ?? path)
    if (behaviour.isSilent) return
    if (behaviour.answer !== undefined) return behaviour.answer(path, response)
    if (action === undefined) return void response.end(behaviour.description(behaviour.services))
    const fields = Object.fromEntries([...body.matchAll(/<(New\w+)>([^<]*)</g)].map(([, name, value]) => [name, value]))
    const code = behaviour.refuse(action, fields) ?? act(action, fields)
    if (typeof code === 'number') {
      response.statusCode = 500
      const error = `<UPnPError><errorCode>${code}</errorCode><errorDescription>No</errorDescription></UPnPError>`
      return void response.end(envelope(`<s:Fault><detail>${error}</detail></s:Fault>`))
    }
    response.end(envelope(`<u:${action}Response xmlns:u="x">${code}</u:${action}Response>`))
  }

  function act(action: string, fields: Readonly<Record<string, string | undefined>>): number | string {
    const key = `${fields['NewProtocol']} ${fields['NewExternalPort']}`
    const entry = entries.get(key)
    switch (action) {
      case 'GetExternalIPAddress':
        return `<NewExternalIPAddress>${behaviour.outerIp}</NewExternalIPAddress>`
      case 'GetStatusInfo':
        return behaviour.isConnected ? '<NewConnectionStatus>Connected</NewConnectionStatus>' : 401
      case 'AddPortMapping':
        if (entry !== undefined && entry.client !== fields['NewInternalClient']) return 718
        if (!behaviour.isLiar)
          entries.set(key, {
            client: fields['NewInternalClient'] ?? '',
            port: Number(fields['NewInternalPort']),
            leaseSeconds: Number(fields['NewLeaseDuration']),
            description: fields['NewPortMappingDescription'] ?? '',
          })
        return ''
      case 'GetSpecificPortMappingEntry':
        if (entry === undefined) return 714
        return `<NewInternalPort>${entry.port}</NewInternalPort><NewInternalClient>${entry.client}</NewInternalClient>`
      case 'DeletePortMapping':
        return entries.delete(key) ? '' : 714
      default:
        return 401
    }
  }

  async function stop(): Promise<void> {
    udp.close()
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }

  return {
    group: { address: '127.0.0.1', port: udp.address().port },
    ...{ behaviour, entries, asked, stop },
    openSockets: () => sockets.size,
    answerFrom(others) {
      senders = others
    },
  }
}

/** A UDP socket on an address of loopback. */
export async function bound(address = '127.0.0.1'): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(0, address)
  await once(socket, 'listening')
  return socket
}

/** A device description as routers send it, with each service two devices deep. */
export function deviceDescription(services: readonly string[], control = '/control', urlBase?: string): string {
  const list = services.map(
    (type, index) =>
      `<service><serviceType>${type}</serviceType><serviceId>urn:upnp-org:serviceId:WAN${index}</serviceId>` +
      `<controlURL>${control}${index}</controlURL><SCPDURL>/scpd.xml</SCPDURL></service>`,
  )
  return (
    '<?xml version="1.0"?>\r\n<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major></specVersion>' +
    (urlBase === undefined ? '' : `<URLBase>${urlBase}</URLBase>`) +
    '<device><friendlyName>Box &amp; Co</friendlyName><deviceList><device><deviceList><device><serviceList>' +
    `${list.join('')}</serviceList></device></deviceList></device></deviceList></device></root>`
  )
}

function envelope(body: string): string {
  return `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`
}

function portOf(address: AddressInfo | string | null): number {
  return address !== null && typeof address === 'object' ? address.port : 0
}
