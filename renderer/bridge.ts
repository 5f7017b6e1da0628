import type { Bridge } from '../shared/contract/bridge.ts'
import type { Failure } from '../shared/contract/failures.ts'
import { TAB_KEY_REFUSED, TAB_PROTOCOL } from '../shared/contract/tab-key.ts'
import type { Request, Response } from '../shared/contract/wire.ts'
import { err } from '../shared/result.ts'
import { forgetTabKey, tabKey } from './tab-key.ts'

declare global {
  interface Window {
    /** Put there by a preload where there is one; absent in a browser. */
    readonly sightline?: Bridge
  }
}

/** The bridge of this window: the preload's, or a WebSocket to the loopback shell that served the page. */
export function windowBridge(): Bridge {
  if (window.sightline !== undefined) return window.sightline
  const address = new URL('bridge', document.baseURI).href.replace(/^http/, 'ws')
  return socketBridge(address, { key: tabKey(), onKeyRefused: forgetTabKey })
}

// One retry about every two seconds at most: the shell is on this machine, and a restart should not be waited for.
const RETRY_FIRST_MS = 100
const RETRY_MOST_MS = 2_000

const DISCONNECTED = err<Failure>({ code: 'disconnected' })

type Listener = { readonly request: Request; readonly onResponse: (response: Response) => void }

export interface SocketBridgeOptions {
  /** What shows that this tab came in by a link. Without one there is nothing to connect with, and it never does. */
  readonly key: string | undefined
  /** The key is not, or no longer, good: no further attempt is made. */
  readonly onKeyRefused: () => void
  readonly signal?: AbortSignal
  readonly jitter?: () => number
}

/**
 * Carries the contract over a WebSocket that is opened again whenever it closes. Watches and hears survive that.
 * It lives as long as the window; the signal ends it sooner.
 */
export function socketBridge(
  address: string,
  { key, onKeyRefused, signal, jitter = Math.random }: SocketBridgeOptions,
): Bridge {
  const asked = new Map<number, (result: Extract<Response, { did: 'answer' }>['result']) => void>()
  const listeners = new Map<number, Listener>()
  const connectionListeners = new Set<(isConnected: boolean) => void>()
  // Asked before the first connection stood: sent as soon as it does.
  const early: string[] = []
  let socket: WebSocket | undefined
  let isConnected = false
  let wasConnected = false
  let retryDelayMs = RETRY_FIRST_MS
  let retry: ReturnType<typeof setTimeout> | undefined
  let lastId = 0

  const setConnected = (now: boolean) => {
    if (now === isConnected) return
    isConnected = now
    for (const listener of connectionListeners) listener(now)
  }

  const send = (request: Request) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request))
  }

  const receive = (response: Response) => {
    if (response.did !== 'answer') return listeners.get(response.id)?.onResponse(response)
    asked.get(response.id)?.(response.result)
    asked.delete(response.id)
  }

  const connect = (key: string) => {
    const opened = new WebSocket(address, [TAB_PROTOCOL, key])
    socket = opened
    opened.addEventListener('open', () => {
      retryDelayMs = RETRY_FIRST_MS
      wasConnected = true
      for (const frame of early.splice(0)) opened.send(frame)
      for (const { request } of listeners.values()) send(request)
      setConnected(true)
    })
    opened.addEventListener('message', (event) => {
      // The shell is the messenger's own: what it sends is trusted to have the shape of the contract.
      if (typeof event.data === 'string') receive(JSON.parse(event.data) as Response)
    })
    opened.addEventListener('close', ({ code }) => {
      setConnected(false)
      early.length = 0
      for (const answer of asked.values()) answer(DISCONNECTED)
      asked.clear()
      if (signal?.aborted) return
      if (code === TAB_KEY_REFUSED) return onKeyRefused()
      retry = setTimeout(connect, retryDelayMs * (0.75 + 0.5 * jitter()), key)
      retryDelayMs = Math.min(retryDelayMs * 2, RETRY_MOST_MS)
    })
  }
  if (key !== undefined) connect(key)
  signal?.addEventListener('abort', () => {
    clearTimeout(retry)
    socket?.close()
  })

  /** Registers a watch or hear; returns what ends it. */
  const listen = (id: number, listener: Listener) => {
    listeners.set(id, listener)
    send(listener.request)
    return () => {
      if (listeners.delete(id)) send({ do: 'stop', id })
    }
  }

  return {
    ask(name, input) {
      const frame = { do: 'ask', id: ++lastId, name, input } as const
      return new Promise((resolve) => {
        if (!isConnected && wasConnected) return resolve(DISCONNECTED)
        // The answer's type follows from the command's name; the messenger keeps that promise.
        asked.set(frame.id, resolve as (result: Extract<Response, { did: 'answer' }>['result']) => void)
        if (isConnected) send(frame)
        else early.push(JSON.stringify(frame))
      })
    },
    watch(name, onPush) {
      const id = ++lastId
      return listen(id, {
        request: { do: 'watch', id, name },
        onResponse: (response) => {
          // The rows' type follows from the view's name, as above.
          if (response.did === 'push') onPush(response.push as Parameters<typeof onPush>[0])
        },
      })
    },
    hear(conversation, onChange) {
      const id = ++lastId
      return listen(id, {
        request: { do: 'hear', id, conversation },
        onResponse: (response) => {
          if (response.did === 'change') onChange(response.change)
        },
      })
    },
    onConnection(listener) {
      connectionListeners.add(listener)
      listener(isConnected)
      return () => connectionListeners.delete(listener)
    },
  }
}
