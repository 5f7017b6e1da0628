import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Log } from '../app/log.ts'
import { createPages, type PageAnswer, plainPage } from '../program/pages.ts'
import { ENTRY_SCRIPT_PATH, entryPage, entryScript } from './entry.ts'
import { checkHost, checkSession, checkSite, firstRefusal, placeOf } from './gate.ts'
import { createLinks } from './links.ts'
import { acceptSockets, type ServeCaller } from './sockets.ts'

export interface LoopbackServer {
  readonly port: number
  /** Makes a one-time link; the one before it is worthless from now on. */
  newLink(): string
  /** Ends every connection and frees the port. */
  stop(): Promise<void>
}

export interface LoopbackServerOptions {
  /** 0 = chosen by the system. */
  readonly port: number
  /** The built page (out/renderer). */
  readonly pagesDirectory: string
  readonly serveCaller: ServeCaller
  readonly log: Log
  /** A browser came in; whatever led it here has done its work. */
  readonly onLinkUsed?: () => void
  readonly nowMs?: () => number
}

/** Another program has the port. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken'
  readonly port: number
  constructor(port: number, cause: unknown) {
    super(`port ${port} is taken`, { cause })
    this.port = port
  }
}

const OPEN_PATH = '/open'

/** The page and the contract on 127.0.0.1, for one person on this machine. */
export async function startServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const { log, pagesDirectory, serveCaller } = options
  const links = createLinks(options.nowMs === undefined ? {} : { nowMs: options.nowMs })
  const pages = createPages(pagesDirectory)
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000, maxHeaderSize: 16 * 1024 })
  server.maxConnections = 256

  // Before anybody can connect the port is not known; afterwards it never changes.
  await listen(server, options.port)
  const place = placeOf(portOf(server))

  const answer = async (asked: IncomingMessage): Promise<PageAnswer> => {
    const url = parseTarget(asked.url ?? '', place.origin)
    const path = url?.pathname ?? ''
    const atTheDoor = firstRefusal(
      checkHost(asked.headers, place),
      checkSite(asked.headers, { isDoor: path === OPEN_PATH }),
    )
    if (!atTheDoor.pass) return plainPage(atTheDoor.status, atTheDoor.why)
    if (url === undefined) return plainPage(400, 'That is not an address.')
    if (asked.method !== 'GET' && asked.method !== 'HEAD') return plainPage(405, 'Only GET is answered here.')
    if (path === OPEN_PATH) return open(asked, url.searchParams.get('token') ?? '')
    if (path === ENTRY_SCRIPT_PATH) return entryScript()
    const session = checkSession(asked.headers, place, links.sessions())
    if (!session.pass) return plainPage(session.status, session.why)
    return pages.answer(path)
  }

  const open = (asked: IncomingMessage, token: string): PageAnswer => {
    // HEAD would use the link up without handing over the key.
    const admission = asked.method === 'GET' ? links.redeem(token) : undefined
    if (admission === undefined) {
      log('link was refused')
      return plainPage(403, 'This link was used before, or is too old. Run `npm start` again for a fresh one.')
    }
    log('link was used')
    options.onLinkUsed?.()
    const cookie = `${place.cookie}=${admission.session}; HttpOnly; SameSite=Strict; Path=/`
    return entryPage({ key: admission.key, cookie })
  }

  server.on('request', (asked, reply) => {
    answer(asked).then(
      (page) => send(reply, page, asked.method === 'HEAD'),
      (error: unknown) => {
        log('page failed by a bug', { error })
        send(reply, plainPage(500, 'Sightline could not show this page.'), false)
      },
    )
  })
  // A broken request ends its own connection only.
  server.on('clientError', (_error, socket) => socket.destroy())
  const sockets = acceptSockets({ server, place, sessions: links.sessions, keys: links.keys, serveCaller, log })

  return {
    port: portOf(server),
    newLink: () => `${place.origin}${OPEN_PATH}?token=${links.renew()}`,
    async stop() {
      await sockets.stop()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

/** A request for another server (`//name`, `http://name`) is not ours, whatever its Host says. */
function parseTarget(target: string, origin: string): URL | undefined {
  const url = URL.canParse(target, origin) ? new URL(target, origin) : undefined
  return url?.origin === origin ? url : undefined
}

function send(reply: ServerResponse, page: PageAnswer, isHead: boolean): void {
  reply.writeHead(page.status, { ...page.headers, 'content-length': Buffer.byteLength(page.body) })
  reply.end(isHead ? undefined : page.body)
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' || error.code === 'EACCES' ? new PortTaken(port, error) : error)
    }
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed)
      resolve()
    })
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server is not listening on a port')
  return address.port
}
