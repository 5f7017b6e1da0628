import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A session bus with a tray on it that shows one icon. */
export interface SessionBus {
  /** What leads a program to it. */
  readonly env: Readonly<Record<string, string>>
  /** The tray shows an icon of this process; undefined = of nobody. */
  showsIconOf(pid: number | undefined): void
  stop(): Promise<void>
}

const OWNER = ':1.7'

/** Answers what the shell asks of D-Bus, on a socket of its own. */
export async function startSessionBus(): Promise<SessionBus> {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-bus-'))
  const path = join(folder, 'bus')
  const sockets = new Set<Socket>()
  let shown: number | undefined
  const server = createServer((socket) => {
    let said = Buffer.alloc(0)
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (data) => {
      said = Buffer.concat([said, data])
      // It introduces itself in text, and a zero first.
      if (said[0] === 0) {
        said = Buffer.alloc(0)
        return socket.write('OK 0123456789abcdef\r\n')
      }
      if (said.subarray(0, 7).toString() === 'BEGIN\r\n') said = said.subarray(7)
      for (let call = takeCall(said); call !== undefined; call = takeCall(said)) {
        said = said.subarray(call.bytes)
        socket.write(answerTo(call, shown))
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` },
    showsIconOf(pid) {
      shown = pid
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Call {
  readonly bytes: number
  readonly serial: number
  readonly head: string
}

/** The first whole message, if it is there. */
function takeCall(said: Buffer): Call | undefined {
  if (said.length < 16) return undefined
  const bodyAt = align(16 + said.readUInt32LE(12), 8)
  const bytes = bodyAt + said.readUInt32LE(4)
  if (said.length < bytes) return undefined
  return { bytes, serial: said.readUInt32LE(8), head: said.toString('latin1', 0, bodyAt) }
}

function answerTo({ serial, head }: Call, shown: number | undefined): Buffer {
  if (head.includes('Hello')) return reply(serial, 's', text(':1.9'))
  if (head.includes('GetConnectionUnixProcessID')) return reply(serial, 'u', number(shown ?? 1))
  const list = shown === undefined ? Buffer.alloc(0) : text(`${OWNER}/StatusNotifierItem`)
  // A variant that holds an array of strings.
  return reply(serial, 'v', Buffer.concat([Buffer.from('\x02as\0'), number(list.length), list]))
}

const align = (offset: number, to: number): number => Math.ceil(offset / to) * to

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

const text = (value: string): Buffer => Buffer.concat([number(Buffer.byteLength(value)), Buffer.from(`${value}\0`)])

/** A method return: little-endian, with the serial it answers and the signature of its body. */
function reply(serial: number, signature: string, body: Buffer): Buffer {
  const fields = Buffer.concat([
    Buffer.from([5, 1, 0x75, 0]),
    number(serial),
    Buffer.from([8, 1, 0x67, 0, signature.length, ...Buffer.from(signature), 0]),
  ])
  const head = Buffer.concat([
    Buffer.from([0x6c, 2, 0, 1]),
    number(body.length),
    number(1),
    number(fields.length),
    fields,
  ])
  return Buffer.concat([head, Buffer.alloc(align(head.length, 8) - head.length), body])
}
