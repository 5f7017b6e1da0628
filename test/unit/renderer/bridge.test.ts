import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { type WebSocket, WebSocketServer } from 'ws'
import { socketBridge } from '../../../renderer/bridge.ts'
import { TAB_KEY_REFUSED } from '../../../shared/contract/tab-key.ts'
import type { Request, Response } from '../../../shared/contract/wire.ts'
import { eventually } from '../../support/eventually.ts'

/** A shell that keeps what the window sends, and answers as it is told. */
async function shell(test: TestContext, port = 0) {
  const server = new WebSocketServer({ host: '127.0.0.1', port })
  await once(server, 'listening')
  const sockets: WebSocket[] = []
  const heard: Request[] = []
  const offers: string[] = []
  server.on('connection', (socket, asked) => {
    sockets.push(socket)
    offers.push(asked.headers['sec-websocket-protocol'] ?? '')
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
    /** The WebSocket protocols each connection offered. */
    offers,
    /** Closes the newest connection as the shell does when a key is not good. */
    refuseKey: () => sockets.at(-1)?.close(TAB_KEY_REFUSED),
    stop,
    port: address.port,
    say: (response: Response) => sockets.at(-1)?.send(JSON.stringify(response)),
    drop: () => sockets.at(-1)?.terminate(),
  }
}

const KEY = 'k'.repeat(43)

function bridgeTo(test: TestContext, port: number, onKeyRefused = (): void => assert.fail('the key is good')) {
  const ending = new AbortController()
  test.after(() => ending.abort())
  return socketBridge(`ws://127.0.0.1:${port}/bridge`, {
    key: KEY,
    onKeyRefused,
    signal: ending.signal,
    jitter: () => 0,
  })
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

  it('shows its key with every connection, and makes no further attempt once that is refused', async (test) => {
    const { offers, drop, refuseKey, port } = await shell(test)
    let refusals = 0
    const bridge = bridgeTo(test, port, () => {
      refusals++
    })
    const told: boolean[] = []
    bridge.onConnection((isConnected) => told.push(isConnected))
    await eventually(() => told.length === 2)
    drop()
    await eventually(() => told.length === 4)
    assert.deepEqual(offers, [`sightline, ${KEY}`, `sightline, ${KEY}`])
    const timers = test.mock.method(globalThis, 'setTimeout')
    refuseKey()
    await eventually(() => refusals === 1)
    const given = timers.mock.calls.flatMap((call): unknown[] => call.arguments)
    assert.ok(!given.includes(KEY), 'no retry is planned')
    assert.deepEqual(await bridge.ask('network.retry', {}), { ok: false, failure: { code: 'disconnected' } })
    assert.equal(offers.length, 2)
  })

  it('never connects without a key', async (test) => {
    const opened = test.mock.method(globalThis, 'WebSocket')
    socketBridge('ws://127.0.0.1:9/bridge', { key: undefined, onKeyRefused: () => assert.fail('there is none') })
    assert.equal(opened.mock.callCount(), 0)
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
