import { once } from 'node:events'
import { createServer } from 'node:http'
import { listenFailure } from '../network/relay-server/start-error.ts'
import { prometheusText, type RelayStatus } from './status.ts'

export interface MetricsServer {
  /** `http://127.0.0.1:<port>/`. */
  readonly url: string
  stop(): Promise<void>
}

/** Serves `/metrics` and `/status.json` on 127.0.0.1 and nowhere else. Throws `RelayStartError` when the port is taken. */
export async function startMetricsServer(port: number, status: () => RelayStatus): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const answer = (code: number, type: string, body: string) => {
      response.writeHead(code, {
        'content-type': type,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      response.end(request.method === 'HEAD' ? '' : body)
    }
    // A web page can point a name of its own at 127.0.0.1 and read what it finds there; the Host header gives it away.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? ''))
      return answer(421, 'text/plain', 'This address is not served here.\n')
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'text/plain', 'Read only.\n')
    const path = (request.url ?? '/').split('?')[0]
    if (path === '/metrics') return answer(200, 'text/plain; version=0.0.4; charset=utf-8', prometheusText(status()))
    if (path === '/status.json') return answer(200, 'application/json', `${JSON.stringify(status())}\n`)
    return answer(404, 'text/plain', 'There are /metrics and /status.json.\n')
  })
  server.requestTimeout = 5_000
  server.headersTimeout = 5_000
  server.maxConnections = 32
  try {
    server.listen({ host: '127.0.0.1', port, exclusive: true })
    await once(server, 'listening')
  } catch (error) {
    throw listenFailure(error)
  }
  const address = server.address()
  const bound = address !== null && typeof address === 'object' ? address.port : port
  return {
    url: `http://127.0.0.1:${bound}/`,
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
