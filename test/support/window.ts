import { once } from 'node:events'
import WebSocket from 'ws'
import type { Bridge } from '../../shared/contract/bridge.ts'
import { createFrameBridge } from '../../shared/contract/frame-bridge.ts'
import { openProfile, unwrapped } from './messenger-process.ts'

/** What a browser window is to the loopback shell, without a browser: link, cookie, WebSocket. */
export interface WindowConnection {
  readonly bridge: Bridge
  openProfile(name: string): Promise<void>
  close(): void
}

/** Follows a one-time link and connects the bridge as the page does. */
export async function connectWindow(link: string): Promise<WindowConnection> {
  const answer = await fetch(link, { redirect: 'manual' })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined) throw new Error(`the link was answered with ${answer.status} and no cookie`)
  const { origin, host } = new URL(link)
  const socket = new WebSocket(`ws://${host}/bridge`, { headers: { cookie, origin } })
  await once(socket, 'open')
  const bridge = createFrameBridge((text) => socket.send(text))
  socket.on('message', (data) => bridge.receive(String(data)))
  socket.on('close', () => bridge.close())
  return {
    bridge,
    async openProfile(name) {
      await openProfile(
        { bridge, do: async (command, input) => unwrapped(command, await bridge.ask(command, input)) },
        { name },
      )
    },
    close: () => socket.close(),
  }
}
