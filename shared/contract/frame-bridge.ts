import { err } from '../result.ts'
import type { Bridge } from './bridge.ts'
import type { Failure } from './failures.ts'
import type { Request, Response } from './wire.ts'

/** A bridge over anything that carries frames of text. */
export interface FrameBridge extends Bridge {
  /** Takes a frame that arrived. */
  receive(text: string): void
  /** The other side is gone: what was asked is answered `disconnected`. */
  close(): void
}

/** Speaks the window's side of wire.ts for programs that drive a messenger: the demo, tests, the lab. */
export function createFrameBridge(send: (text: string) => void): FrameBridge {
  const asked = new Map<number, (result: Extract<Response, { did: 'answer' }>['result']) => void>()
  const listening = new Map<number, (response: Response) => void>()
  const connection = new Set<(isConnected: boolean) => void>()
  let lastId = 0
  let isOpen = true
  const say = (request: Request) => {
    if (isOpen) send(JSON.stringify(request))
  }
  const listen = (id: number, request: Request, onResponse: (response: Response) => void) => {
    listening.set(id, onResponse)
    say(request)
    return () => {
      if (listening.delete(id)) say({ do: 'stop', id })
    }
  }
  return {
    ask(name, input) {
      const id = ++lastId
      return new Promise((resolve) => {
        if (!isOpen) return resolve(err<Failure>({ code: 'disconnected' }))
        // The answer's type follows from the command's name; the messenger keeps that promise.
        asked.set(id, resolve as (result: Extract<Response, { did: 'answer' }>['result']) => void)
        say({ do: 'ask', id, name, input })
      })
    },
    watch(name, onPush) {
      const id = ++lastId
      return listen(id, { do: 'watch', id, name }, (response) => {
        // As above, by the view's name.
        if (response.did === 'push') onPush(response.push as Parameters<typeof onPush>[0])
      })
    },
    hear(conversation, onChange) {
      const id = ++lastId
      return listen(id, { do: 'hear', id, conversation }, (response) => {
        if (response.did === 'change') onChange(response.change)
      })
    },
    onConnection(listener) {
      connection.add(listener)
      listener(isOpen)
      return () => connection.delete(listener)
    },
    receive(text) {
      // The messenger is trusted to keep the shape of the contract.
      const response = JSON.parse(text) as Response
      const answer = response.did === 'answer' ? asked.get(response.id) : undefined
      if (response.did === 'answer' && answer !== undefined) {
        asked.delete(response.id)
        answer(response.result)
      } else listening.get(response.id)?.(response)
    },
    close() {
      if (!isOpen) return
      isOpen = false
      for (const answer of asked.values()) answer(err<Failure>({ code: 'disconnected' }))
      asked.clear()
      for (const listener of connection) listener(false)
    },
  }
}
