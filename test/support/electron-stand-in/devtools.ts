/** What an event of Chromium's debugging protocol carries. */
// biome-ignore lint/suspicious/noExplicitAny: the protocol has hundreds of shapes, and this client is for one known browser.
export type Params = Record<string, any>

/** A connection to Chromium's debugging protocol, with sessions for its targets. */
export interface DevTools {
  send(method: string, params?: Params, sessionId?: string): Promise<Params>
  /** Returns what ends the listening. */
  on(method: string, listener: (params: Params) => void, sessionId?: string): () => void
  close(): void
}

interface Waiting {
  readonly method: string
  readonly resolve: (result: Params) => void
  readonly reject: (error: Error) => void
}

/** Connects to the address a Chromium printed. When the connection ends, everything asked is rejected. */
export async function connectDevTools(address: string): Promise<DevTools> {
  const socket = new WebSocket(address)
  const waiting = new Map<number, Waiting>()
  const listeners = new Map<string, Set<(params: Params) => void>>()
  let lastId = 0
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve()
    socket.onerror = () => reject(new Error('Chromium does not answer'))
  })
  socket.onmessage = ({ data }) => {
    const message: Params = JSON.parse(String(data))
    if (message['id'] === undefined) {
      const heard = listeners.get(`${message['sessionId'] ?? ''} ${message['method']}`) ?? []
      for (const listener of [...heard]) listener(message['params'] ?? {})
      return
    }
    const asked = waiting.get(message['id'])
    waiting.delete(message['id'])
    if (message['error'] === undefined) asked?.resolve(message['result'])
    else asked?.reject(new Error(`${asked.method}: ${message['error'].message}`))
  }
  socket.onclose = () => {
    for (const { reject } of waiting.values()) reject(new Error('the connection to Chromium ended'))
    waiting.clear()
  }
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) return reject(new Error('the connection to Chromium ended'))
        lastId += 1
        waiting.set(lastId, { method, resolve, reject })
        socket.send(JSON.stringify({ id: lastId, method, params, sessionId }))
      }),
    on(method, listener, sessionId = '') {
      const key = `${sessionId} ${method}`
      const heard = listeners.get(key) ?? new Set()
      listeners.set(key, heard.add(listener))
      return () => heard.delete(listener)
    },
    close: () => socket.close(),
  }
}
