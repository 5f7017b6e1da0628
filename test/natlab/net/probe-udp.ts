import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import { answersByTcp } from './probe-tcp.ts'
import type { Endpoint, Heard, Question } from './probe-words.ts'

interface Ear {
  readonly socket: Socket
  readonly heard: Heard[]
}

const HOPS = 64
const LOOK_EVERY_MS = 2
/** What came before something else came is in our socket already, and one more look finds it. */
const LAST_LOOK_MS = 50

const ears = new Map<number, Promise<Ear>>()

export async function reflectUdp({ address, port }: Endpoint): Promise<null> {
  const socket = await bound(port, address)
  socket.on('message', (_, { address, port }) => socket.send(JSON.stringify({ address, port }), port, address))
  // What is sent from this port later is sent from where it was spoken to.
  ears.set(port, Promise.resolve({ socket, heard: [] }))
  return null
}

export async function send(from: number, to: Endpoint, text: string, hops = HOPS): Promise<null> {
  const { socket } = await ear(from, to.address)
  socket.setTTL(hops)
  return await new Promise((resolve) => socket.send(text, to.port, to.address, () => resolve(null)))
}

/** The next unheard datagram, from one sender or any. */
export async function hear(port: number, from: Endpoint | undefined, withinMs: number): Promise<Heard | null> {
  const { heard } = await ear(port, '0.0.0.0')
  const until = performance.now() + withinMs
  for (;;) {
    // Asked before the look: however late it is, there has been one look since.
    const isLast = performance.now() > until
    const at = heard.findIndex(
      (one) => from === undefined || (one.from.address === from.address && one.from.port === from.port),
    )
    const [found] = at < 0 ? [] : heard.splice(at, 1)
    if (found !== undefined) return found
    if (isLast) return null
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

/** What a reflector says it sees; null once it has answered by TCP, which takes one trip more, and not by UDP. */
export async function seen({
  from,
  to,
  hops,
  withinMs,
}: Extract<Question, { ask: 'udp.seen' }>): Promise<Endpoint | null> {
  await send(from, to, 'who am I', hops)
  await answersByTcp(to, withinMs)
  const heard = await hear(from, to, LAST_LOOK_MS)
  return heard === null ? null : JSON.parse(heard.text)
}

function ear(port: number, towards: string): Promise<Ear> {
  const opened = ears.get(port) ?? openEar(port, isIPv6(towards) ? '::' : '0.0.0.0')
  ears.set(port, opened)
  return opened
}

async function openEar(port: number, address: string): Promise<Ear> {
  const socket = await bound(port, address)
  const heard: Heard[] = []
  socket.on('message', (data, { address: from, port: fromPort }) => {
    heard.push({ text: String(data), from: { address: from, port: fromPort } })
  })
  return { socket, heard }
}

async function bound(port: number, address: string): Promise<Socket> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  // A router that answers with ICMP is part of the experiment.
  socket.on('error', () => {})
  socket.bind(port, address)
  await once(socket, 'listening')
  return socket
}
