import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { type WebSocket, WebSocketServer } from 'ws'
import { socketBridge } from '../../../renderer/bridge.ts'
import type { Request, Response } from '../../../shared/contract/wire.ts'
import { eventually } from '../../support/eventually.ts'

/** A shell that keeps what the window sends, and answers as it is told. */
async function shell(test: TestContext, port = 0) {
  const server = new WebSocketServer({ host: '127.0.0.1', port })
  await once(server, 'listening')
  const sockets: WebSocket[] = []
  const heard: Request[] = []
  server.on('connection', (socket) => {
    sockets.push(socket)
    // What the bridge under test sends is what this test looks at.
    socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Request))
  })
  const stop = () => {
    for (const socket of sockets) socket.terminate()
    server.close()
  }
  test.after(stop)
  // A listening TCP server has a port.
  const address = server.address() as AddressInfo
  return {
    heard,
    stop,
    port: address.port,
    say: (response: Response) => sockets.at(-1)?.send(JSON.stringify(response)),
    drop: () => sockets.at(-1)?.terminate(),
  }
}

function bridgeTo(test: TestContext, port: number) {
  const ending = new AbortController()
  test.after(() => ending.abort())
  return socketBridge(`ws://127.0.0.1:${port}/bridge`, { signal: ending.signal, jitter: () => 0 })
}

describe('the window’s bridge over a WebSocket', () => {
  it('carries a question asked before the connection stood, and its answer', async (test) => {
    const { heard, say, port } = await shell(test)
    const answer = bridgeTo(test, port).ask('profile.lock', {})
    const [asked] = await eventually(() => heard.length === 1 && heard)
    assert.deepEqual({ ...asked, id: 0 }, { do: 'ask', id: 0, name: 'profile.lock', input: {} })
    say({ did: 'answer', id: asked?.id ?? -1, result: { ok: true, value: null } })
    assert.deepEqual(await answer, { ok: true, value: null })
  })

  it('answers “disconnected” to what was under way when the connection broke, and to what is asked meanwhile', async (test) => {
    const { heard, stop, port } = await shell(test)
    const bridge = bridgeTo(test, port)
    const underWay = bridge.ask('network.retry', {})
    await eventually(() => heard.length === 1)
    stop()
    const disconnected = { ok: false, failure: { code: 'disconnected' } }
    assert.deepEqual(await underWay, disconnected)
    assert.deepEqual(await bridge.ask('network.retry', {}), disconnected)
  })

  it('connects again by itself, tells so, and takes up its watches and hears', async (test) => {
    const { heard, drop, say, port } = await shell(test)
    const bridge = bridgeTo(test, port)
    const told: boolean[] = []
    const pushes: number[] = []
    bridge.onConnection((isConnected) => told.push(isConnected))
    bridge.watch('peers', ({ revision }) => pushes.push(revision))
    const stopHearing = bridge.hear('c'.repeat(64), () => {})
    await eventually(() => heard.length === 2)
    stopHearing()
    drop()
    await eventually(() => told.length === 4)
    assert.deepEqual(told, [false, true, false, true])
    await eventually(() => heard.filter((request) => request.do === 'watch').length === 2)
    assert.equal(heard.filter((request) => request.do === 'hear').length, 1)
    const watch = heard.findLast((request) => request.do === 'watch')
    say({ did: 'push', id: watch?.id ?? -1, name: 'peers', push: { revision: 5, isWhole: true, rows: [], gone: [] } })
    await eventually(() => pushes.length === 1)
  })

  it('says when a watch ends', async (test) => {
    const { heard, port } = await shell(test)
    const bridge = bridgeTo(test, port)
    const stop = bridge.watch('peers', () => assert.fail('no push was sent'))
    await eventually(() => heard.length === 1)
    stop()
    const last = await eventually(() => heard.length === 2 && heard[1])
    assert.deepEqual(last, { do: 'stop', id: heard[0]?.id })
  })
})
