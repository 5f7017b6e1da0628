import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { busPath, encodeCall, openSessionBus, readNumber, readTexts } from '../../../electron/shell/tray/session-bus.ts'
import { trayPresence } from '../../../electron/shell/tray/tray-presence.ts'

const isWindows = process.platform === 'win32'

test('the session bus is found as its environment says', () => {
  const table: readonly (readonly [Record<string, string>, string | undefined])[] = [
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' }, '/run/user/1000/bus'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/a%20b,guid=12' }, '/tmp/a b'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:guid=12,path=/tmp/a' }, '/tmp/a'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=/tmp/dbus-x' }, '\0/tmp/dbus-x'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=x,port=1;unix:path=/b' }, '/b'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'autolaunch:' }, undefined],
    [{ XDG_RUNTIME_DIR: '/run/user/1000' }, '/run/user/1000/bus'],
    [{}, undefined],
  ]
  for (const [environment, path] of table) assert.equal(busPath(environment), path)
})

test('an address of the bus that nobody can read is no tray, and no error', async () => {
  assert.equal(await trayPresence({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/%zz' }, 42), 'none')
})

test('answers of another kind than was asked for are none', () => {
  const text = { signature: 's', body: Buffer.from('01000000610000', 'hex') }
  assert.equal(readNumber(text), undefined)
  assert.equal(readTexts(text), undefined)
  assert.equal(readNumber(undefined), undefined)
  assert.equal(readTexts({ signature: 'v', body: Buffer.from('\x01s\0\0\0\0\0\0') }), undefined)
  // A length that reaches beyond the answer.
  const lying = Buffer.from('026173000c000000ffffff7f6162630000', 'hex')
  assert.ok((readTexts({ signature: 'v', body: lying }) ?? []).length <= 1)
})

test('an icon is shown when the tray lists one of this very process', { skip: isWindows }, async (t) => {
  const items = [':1.7/StatusNotifierItem', 'org.other.Item']
  const mine = await fakeBus(t, { items, owners: { ':1.7': 42, 'org.other.Item': 7 } })
  assert.equal(await trayPresence(mine, 42), 'shown')
  const others = await fakeBus(t, { items, owners: { ':1.7': 43 } })
  assert.equal(await trayPresence(others, 42), 'absent')
  const empty = await fakeBus(t, { items: [], owners: {} })
  assert.equal(await trayPresence(empty, 42), 'absent')
})

test('no tray, no bus, and a bus that talks junk or not at all are the same: none', { skip: isWindows }, async (t) => {
  assert.equal(await trayPresence({}), 'none')
  assert.equal(await trayPresence({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' }), 'none')
  assert.equal(await trayPresence(await fakeBus(t, { items: undefined, owners: {} })), 'none')
  assert.equal(await trayPresence(await listen(t, (said) => said.end('REJECTED EXTERNAL\r\n'))), 'none')
  assert.equal(await trayPresence(await listen(t, (said) => said.write(`OK 12\r\nB${'x'.repeat(64)}`))), 'none')
  const silentBus = busPath(await listen(t, () => undefined)) ?? ''
  await assert.rejects(openSessionBus(silentBus, 50), /does not answer/)
})

/** A bus with a watcher that lists these items, or without one. */
function fakeBus(t: TestContext, bus: { items: readonly string[] | undefined; owners: Record<string, number> }) {
  let buffered = Buffer.alloc(0)
  return listen(t, (socket, data) => {
    buffered = Buffer.concat([buffered, data])
    if (buffered[0] === 0) {
      buffered = Buffer.alloc(0)
      return socket.write('OK 0123456789abcdef\r\n')
    }
    if (buffered.subarray(0, 7).toString() === 'BEGIN\r\n') buffered = buffered.subarray(7)
    while (buffered.length >= 16) {
      const bodyAt = Math.ceil((16 + buffered.readUInt32LE(12)) / 8) * 8
      const bytes = bodyAt + buffered.readUInt32LE(4)
      if (buffered.length < bytes) return
      const serial = buffered.readUInt32LE(8)
      const head = buffered.toString('latin1', 0, bodyAt)
      const asked = buffered.toString('utf8', bodyAt + 4, bytes).replace(/\0.*$/s, '')
      buffered = buffered.subarray(bytes)
      const pid = bus.owners[asked]
      if (head.includes('Hello')) socket.write(reply(serial, 's', texts([':1.9'])))
      else if (head.includes('GetConnectionUnixProcessID'))
        socket.write(pid === undefined ? reply(serial) : reply(serial, 'u', number(pid)))
      else if (bus.items === undefined) socket.write(reply(serial))
      else {
        const list = texts(bus.items)
        socket.write(reply(serial, 'v', Buffer.concat([Buffer.from('\x02as\0'), number(list.length), list])))
      }
    }
  })
}

async function listen(t: TestContext, onData: (socket: Socket, data: Buffer) => void) {
  const directory = mkdtempSync(join(tmpdir(), 'sightline-bus-'))
  const path = join(directory, 'bus')
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', (data) => onData(socket, data))
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
    rmSync(directory, { recursive: true })
  })
  return { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` }
}

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function texts(all: readonly string[]): Buffer {
  let made = Buffer.alloc(0)
  for (const text of all)
    made = Buffer.concat([
      made,
      Buffer.alloc((4 - (made.length % 4)) % 4),
      number(text.length),
      Buffer.from(`${text}\0`),
    ])
  return made
}

/** An answer to a call; without a signature an error. */
function reply(to: number, signature?: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const fields = Buffer.concat([
    Buffer.from([5, 1, 'u'.charCodeAt(0), 0]),
    number(to),
    ...(signature === undefined ? [] : [Buffer.from([8, 1, 'g'.charCodeAt(0), 0, 1, signature.charCodeAt(0), 0])]),
  ])
  const head = Buffer.from([0x6c, signature === undefined ? 3 : 2, 0, 1])
  const whole = Buffer.concat([head, number(body.length), number(99), number(fields.length), fields])
  return Buffer.concat([whole, Buffer.alloc((8 - (whole.length % 8)) % 8), body])
}

test('a call is written as the specification of D-Bus has it', () => {
  const call = { destination: 'a.b', path: '/c', interface: 'd.e', member: 'F', texts: ['g'] }
  const bytes = encodeCall(call, 7)
  assert.equal(bytes.toString('latin1', 0, 1), 'l')
  assert.deepEqual([...bytes.subarray(1, 4)], [1, 0, 1])
  assert.equal(bytes.readUInt32LE(8), 7)
  // Every field begins at a multiple of eight.
  for (const code of [1, 2, 3, 6, 8]) {
    const kind = { 1: 'o', 8: 'g' }[code] ?? 's'
    assert.equal(bytes.indexOf(Buffer.from([code, 1, kind.charCodeAt(0), 0])) % 8, 0)
  }
})
