import { fromChromium } from './address.ts'
import type { Params } from './devtools.ts'
import { handlerOf } from './protocol.ts'
import { record } from './record.ts'
import { mayRequest } from './session.ts'

/** What a paused request is answered with: the method of the Fetch domain, and its parameters. */
export type RequestAnswer = readonly [method: string, params: Params]

const refuse = (errorReason: string): RequestAnswer => ['Fetch.failRequest', { errorReason }]

/** Answers one request of a window as the app's own session does: asked first, then served by scheme; nothing gets out. */
export async function answerRequest({ request, resourceType }: Params, webContentsId: number): Promise<RequestAnswer> {
  const url = fromChromium(request['url'])
  const { method } = request
  const details = {
    id: 1,
    url,
    method,
    resourceType: electronTypeOf(resourceType),
    webContentsId,
    timestamp: Date.now(),
  }
  if (!(await mayRequest(details))) return refuse('BlockedByClient')
  const handler = handlerOf(url)
  if (handler === undefined) {
    if (/^(?:data|blob|devtools):/.test(url)) return ['Fetch.continueRequest', {}]
    record('network', url)
    return refuse('InternetDisconnected')
  }
  try {
    const body = method === 'GET' || method === 'HEAD' ? {} : { body: request['postData'] ?? '' }
    const response = await handler(new Request(url, { method, headers: request['headers'], ...body }))
    return [
      'Fetch.fulfillRequest',
      {
        responseCode: response.status,
        responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
        body: Buffer.from(await response.arrayBuffer()).toString('base64'),
      },
    ]
  } catch (error) {
    record('protocol failed', url, String(error))
    return refuse('Failed')
  }
}

const TYPES: Readonly<Record<string, string>> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Media: 'media',
  WebSocket: 'webSocket',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
}
const electronTypeOf = (type: string): string => TYPES[type] ?? 'other'
