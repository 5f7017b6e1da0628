import { type IncomingMessage, request } from 'node:http'
import { bounded } from '../../pace/bounded.ts'
import { type Asked, answered, failed } from './asked.ts'

/** One request to a router. */
export interface HttpRequest {
  readonly url: URL
  /** Our address on the router's network, so that it sees the host it maps for. */
  readonly localAddress: string
  readonly post?: { readonly headers: Readonly<Record<string, string>>; readonly body: string }
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  readonly body: string
}

const BODY_MAX_BYTES = 64 * 1024
const HEADERS_MAX_BYTES = 8 * 1024

/**
 * Asks and reads the whole answer, on a connection of its own that is closed afterwards. Bounded in time, drop by drop
 * included, and in size; redirects are not followed. node:http, because fetch keeps connections open after stop.
 */
export async function askHttp({ url, localAddress, post, timeoutMs, signal }: HttpRequest): Promise<Asked<HttpAnswer>> {
  const bound = bounded(timeoutMs, signal)
  try {
    return await new Promise<Asked<HttpAnswer>>((resolve) => {
      const asking = request(url, {
        agent: false,
        method: post === undefined ? 'GET' : 'POST',
        localAddress,
        headers: {
          connection: 'close',
          ...post?.headers,
          ...(post !== undefined && { 'content-length': String(Buffer.byteLength(post.body)) }),
        },
        maxHeaderSize: HEADERS_MAX_BYTES,
        signal: bound.signal,
      })
      // Also what happens to the socket after the answer, which nobody wants to know any more.
      asking.on('error', (error) => resolve(failureOf(error, signal, bound.signal)))
      asking.on('response', (response) => {
        void read(response).then((answer) => {
          resolve(answer)
          asking.destroy()
        })
      })
      asking.end(post?.body)
    })
  } finally {
    bound.clear()
  }

  function read(response: IncomingMessage): Promise<Asked<HttpAnswer>> {
    const status = response.statusCode ?? 0
    if (status >= 300 && status < 400) return Promise.resolve(failed('bad-answer', `redirected with ${status}`))
    const chunks: Buffer[] = []
    let size = 0
    return new Promise((resolve) => {
      response.on('data', (chunk: Buffer) => {
        size += chunk.byteLength
        if (size > BODY_MAX_BYTES) resolve(failed('bad-answer', `an answer over ${BODY_MAX_BYTES} bytes`))
        else chunks.push(chunk)
      })
      response.on('end', () => resolve(answered({ status, body: Buffer.concat(chunks).toString('utf8') })))
      response.on('error', (error) => resolve(failureOf(error, signal, bound.signal)))
    })
  }
}

function failureOf(error: NodeJS.ErrnoException, signal: AbortSignal, bound: AbortSignal) {
  if (signal.aborted) return failed('cut-off', 'we were leaving')
  if (bound.aborted) return failed('no-answer', 'took too long')
  // What the parser of node:http says of garbage.
  if (error.code?.startsWith('HPE_') === true) return failed('bad-answer', error.code)
  return failed('no-answer', error.code ?? 'the connection broke')
}
