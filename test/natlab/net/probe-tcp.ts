import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { Connected, Endpoint } from './probe-words.ts'

const REFLECTOR_ANSWERS_WITHIN_MS = 20_000
/** Whoever is as far away as somebody who has just answered would have answered by then. */
const SILENCE_AFTER_MS = 250

const connections: Socket[] = []

export async function reflectTcp({ address, port }: Endpoint): Promise<null> {
  const server = createServer((socket) => {
    keep(socket)
    socket.write(`${JSON.stringify({ address: socket.remoteAddress, port: socket.remotePort })}\n`)
    socket.on('data', (data) => socket.write(data))
  })
  server.listen(port, address)
  await once(server, 'listening')
  return null
}

export async function listening(port: number): Promise<null> {
  const server = createServer(keep)
  server.listen(port)
  await once(server, 'listening')
  return null
}

/** Connects to a reflector and keeps the connection. */
export async function connected(from: number, to: Endpoint): Promise<Connected> {
  const startedAt = performance.now()
  const socket = connect({ host: to.address, port: to.port, localPort: from })
  const { promise, resolve } = Promise.withResolvers<Connected>()
  const timer = setTimeout(() => resolve({ outcome: 'silence' }), REFLECTOR_ANSWERS_WITHIN_MS)
  const tookMs = (): number => performance.now() - startedAt
  socket.once('error', () => resolve({ outcome: 'refused', tookMs: tookMs() }))
  socket.once('data', (seen) => resolve({ outcome: 'connected', tookMs: tookMs(), seen: JSON.parse(String(seen)) }))
  const result = await promise
  clearTimeout(timer)
  if (result.outcome === 'connected') keep(socket)
  else socket.destroy()
  return result
}

/** Connects to anybody, and lets go. */
export async function knocked(to: Endpoint, meanwhile: Endpoint): Promise<Connected> {
  const startedAt = performance.now()
  const socket = connect({ host: to.address, port: to.port })
  const { promise, resolve } = Promise.withResolvers<Connected>()
  const tookMs = (): number => performance.now() - startedAt
  socket.on('error', () => resolve({ outcome: 'refused', tookMs: tookMs() }))
  socket.once('connect', () => resolve({ outcome: 'connected', tookMs: tookMs(), seen: undefined }))
  let timer: NodeJS.Timeout | undefined
  void answersByTcp(meanwhile, REFLECTOR_ANSWERS_WITHIN_MS).then(() => {
    timer = setTimeout(() => resolve({ outcome: 'silence' }), SILENCE_AFTER_MS)
  })
  const result = await promise
  clearTimeout(timer)
  socket.destroy()
  return result
}

/** Resolves once a reflector has said a word, or it is too late. */
export async function answersByTcp(to: Endpoint, withinMs: number): Promise<void> {
  const socket = connect({ host: to.address, port: to.port })
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, withinMs)
    socket.once('data', () => resolve())
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.on('error', () => {})
  })
  socket.destroy()
}

export async function ended(isReset: boolean): Promise<null> {
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

export async function echoed(withinMs: number): Promise<boolean> {
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

function keep(socket: Socket): void {
  connections.push(socket)
  socket.on('error', () => {})
}
