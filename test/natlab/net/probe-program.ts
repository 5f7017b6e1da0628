/** Runs on a machine of the lab and does with plain sockets what it is asked on stdin (probe.ts). */
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, isIPv6, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { Connected, Endpoint, Heard, Question } from './probe-words.ts'

interface Ear {
  readonly socket: UdpSocket
  readonly heard: Heard[]
}

const ears = new Map<number, Promise<Ear>>()
const connections: Socket[] = []

async function answer(question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'reflect':
      return await reflect(question.at)
    case 'udp.send': {
      const { socket } = await ear(question.from, question.to.address)
      socket.setTTL(question.hops ?? 64)
      return await new Promise((resolve) => {
        socket.send(question.text, question.to.port, question.to.address, () => resolve(null))
      })
    }
    case 'udp.hear':
      return await hear(question.at, question.from, question.withinMs)
    case 'tcp.connect':
      return await connected(question)
    case 'tcp.listen':
      return await listening(question.at)
    case 'tcp.end':
      return await ended(question.isReset)
    case 'tcp.echo':
      return await echoed(question.withinMs)
    case 'http': {
      const { soap } = question
      const headers = { SOAPAction: soap?.action ?? '', 'Content-Type': 'text/xml' }
      const response = await fetch(question.url, soap === undefined ? {} : { method: 'POST', headers, body: soap.body })
      return { status: response.status, body: await response.text() }
    }
  }
}

async function reflect({ address, port }: Endpoint): Promise<null> {
  const udp = await boundUdp(port, address)
  udp.on('message', (_, from) =>
    udp.send(JSON.stringify({ address: from.address, port: from.port }), from.port, from.address),
  )
  // As many as may have the port for a source are answered from it, so that `udp.send` from it is the reflector's own.
  ears.set(port, Promise.resolve({ socket: udp, heard: [] }))
  const tcp = createServer((socket) => {
    connections.push(socket)
    socket.on('error', () => {})
    socket.write(`${JSON.stringify({ address: socket.remoteAddress, port: socket.remotePort })}\n`)
    socket.on('data', (data) => socket.write(data))
  })
  tcp.listen(port, address)
  await once(tcp, 'listening')
  return null
}

function ear(port: number, towards: string): Promise<Ear> {
  const known = ears.get(port)
  if (known !== undefined) return known
  const opened = openEar(port, isIPv6(towards) ? '::' : '0.0.0.0')
  ears.set(port, opened)
  return opened
}

async function openEar(port: number, address: string): Promise<Ear> {
  const socket = await boundUdp(port, address)
  const heard: Heard[] = []
  socket.on('message', (data, { address: from, port: fromPort }) => {
    heard.push({ text: String(data), from: { address: from, port: fromPort } })
  })
  return { socket, heard }
}

async function boundUdp(port: number, address: string): Promise<UdpSocket> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  // A router that answers with ICMP is part of the experiment.
  socket.on('error', () => {})
  socket.bind(port, address)
  await once(socket, 'listening')
  return socket
}

async function hear(port: number, from: Endpoint | undefined, withinMs: number): Promise<Heard | null> {
  const { heard } = await ear(port, '0.0.0.0')
  const until = performance.now() + withinMs
  for (;;) {
    const at = heard.findIndex(
      (one) => from === undefined || (one.from.address === from.address && one.from.port === from.port),
    )
    const [found] = at < 0 ? [] : heard.splice(at, 1)
    if (found !== undefined) return found
    if (performance.now() > until) return null
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

async function connected({
  from,
  to,
  isReflector,
  withinMs,
}: Extract<Question, { ask: 'tcp.connect' }>): Promise<Connected> {
  const startedAt = performance.now()
  const socket = connect({ host: to.address, port: to.port, localPort: from })
  const { promise, resolve } = Promise.withResolvers<Connected>()
  const tookMs = (): number => performance.now() - startedAt
  const timer = setTimeout(() => resolve({ outcome: 'silence' }), withinMs)
  socket.on('error', () => resolve({ outcome: 'refused', tookMs: tookMs() }))
  // A reflector's first word is what it sees.
  if (isReflector)
    socket.once('data', (seen) => resolve({ outcome: 'connected', tookMs: tookMs(), seen: JSON.parse(String(seen)) }))
  else socket.once('connect', () => resolve({ outcome: 'connected', tookMs: tookMs(), seen: undefined }))
  const result = await promise
  clearTimeout(timer)
  if (result.outcome === 'connected') connections.push(socket)
  else socket.destroy()
  return result
}

async function listening(port: number): Promise<null> {
  const server = createServer((socket) => {
    connections.push(socket)
    socket.on('error', () => {})
  })
  server.listen(port)
  await once(server, 'listening')
  return null
}

async function ended(isReset: boolean): Promise<null> {
  await Promise.all(
    connections.splice(0).map(async (socket) => {
      if (socket.destroyed) return
      const closed = once(socket, 'close')
      if (isReset) socket.resetAndDestroy()
      else socket.destroy()
      await closed
    }),
  )
  return null
}

async function echoed(withinMs: number): Promise<boolean> {
  const [socket] = connections
  if (socket === undefined || socket.destroyed) return false
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), withinMs)
  socket.once('data', () => resolve(true))
  socket.once('close', () => resolve(false))
  socket.write('are you there')
  const isThere = await promise
  clearTimeout(timer)
  return isThere
}

async function said(line: string): Promise<string> {
  try {
    // Written by probe.ts.
    return `ok ${JSON.stringify((await answer(JSON.parse(line) as Question)) ?? null)}`
  } catch (error) {
    return `error ${error instanceof Error ? error.message : String(error)}`
  }
}

// Questions are worked on at the same time, and answered in their order.
let before = Promise.resolve()
for await (const line of createInterface({ input: process.stdin })) {
  const answered = said(line)
  before = before.then(async () => console.log(await answered))
}
process.exit(0)
