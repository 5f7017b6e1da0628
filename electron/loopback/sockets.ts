import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { TAB_KEY_REFUSED, TAB_PROTOCOL } from '../../shared/contract/tab-key.ts'
import type { Caller, CallerLine } from '../app/caller.ts'
import type { Log } from '../app/log.ts'
import { FRAME_MAX_BYTES, UNREAD_MAX_BYTES } from '../program/frame-limits.ts'
import {
  checkHost,
  checkOffer,
  checkOrigin,
  checkSession,
  checkSite,
  firstRefusal,
  hasKey,
  type Place,
} from './gate.ts'

/** Starts serving one caller on its line. */
export type ServeCaller = (line: CallerLine) => Caller

/** Where the page opens its WebSocket. */
export const SOCKET_PATH = '/bridge'

/** Windows of one person on one machine. */
const SOCKETS_MAX = 32
/** Between a ping and the next: a browser that went to sleep is noticed within two of them. */
const PING_EVERY_MS = 30_000

/** Between our goodbye and the page's. */
const GOODBYE_WITHIN_MS = 300

/** WebSocket close codes, RFC 6455 section 7.4.1. */
const GOING_AWAY = 1001
const POLICY_VIOLATION = 1008

/** Lets pages with Host, Origin, cookie and key in order speak the contract. */
export function acceptSockets({
  server,
  place,
  sessions,
  keys,
  serveCaller,
  log,
}: {
  readonly server: Server
  readonly place: Place
  readonly sessions: () => Iterable<string>
  readonly keys: () => Iterable<string>
  readonly serveCaller: ServeCaller
  readonly log: Log
}): { stop(): Promise<void> } {
  const acceptor = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_MAX_BYTES,
    perMessageDeflate: false,
    // A browser wants one of its offers taken; the other one is the key and is not sent back.
    handleProtocols: () => TAB_PROTOCOL,
  })
  const answering = new Set<WebSocket>()
  let isStopping = false

  server.on('upgrade', (asked: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const verdict = firstRefusal(
      checkHost(asked.headers, place),
      checkSite(asked.headers, { isDoor: false }),
      checkOrigin(asked.headers, place),
      checkSession(asked.headers, place, sessions()),
      checkOffer(asked.headers),
    )
    if (!verdict.pass) return refuseUpgrade(socket, verdict.status)
    if (asked.url !== SOCKET_PATH) return refuseUpgrade(socket, 404)
    if (isStopping || acceptor.clients.size >= SOCKETS_MAX) return refuseUpgrade(socket, 503)
    acceptor.handleUpgrade(asked, socket, head, hasKey(asked.headers, keys()) ? speak : sendAway)
  })

  /** A page learns no status of a refused upgrade, only the code of a close; so it is told by that. */
  const sendAway = (socket: WebSocket) => {
    log('page without a good key was sent away')
    socket.on('error', () => socket.terminate())
    socket.close(TAB_KEY_REFUSED)
    setTimeout(() => socket.terminate(), GOODBYE_WITHIN_MS).unref()
  }

  const speak = (socket: WebSocket) => {
    const caller = serveCaller({
      send(text) {
        if (socket.readyState !== socket.OPEN) return
        if (socket.bufferedAmount > UNREAD_MAX_BYTES) {
          log('page stopped reading')
          return socket.terminate()
        }
        socket.send(text)
      },
      refuse(reason) {
        log('page was refused', { reason })
        socket.close(POLICY_VIOLATION, reason)
      },
    })
    answering.add(socket)
    socket.on('pong', () => answering.add(socket))
    socket.on('message', (data, isBinary) => {
      if (isBinary) socket.close(POLICY_VIOLATION, 'Frames of the contract are text.')
      else caller.receive(data.toString())
    })
    // A frame over the limit or a broken one: ws closes by itself, and the page hears why by the code.
    socket.on('error', (error) => log('page connection failed', { reason: error.message }))
    socket.on('close', () => {
      answering.delete(socket)
      caller.close()
    })
  }

  const pings = setInterval(() => {
    for (const socket of acceptor.clients) {
      if (answering.delete(socket)) socket.ping()
      else socket.terminate()
    }
  }, PING_EVERY_MS)
  pings.unref()

  return {
    async stop() {
      isStopping = true
      clearInterval(pings)
      const closed = [...acceptor.clients].map(
        (socket) =>
          new Promise<void>((resolve) => {
            if (socket.readyState === socket.CLOSED) return resolve()
            socket.once('close', () => resolve())
            socket.close(GOING_AWAY)
            // A page that does not say goodbye does not hold up the end.
            setTimeout(() => socket.terminate(), GOODBYE_WITHIN_MS).unref()
          }),
      )
      await Promise.all(closed)
      acceptor.close()
    },
  }
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
