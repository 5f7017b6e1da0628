import { connect, type Socket } from 'node:net'

// The few words of D-Bus (dbus.freedesktop.org/doc/dbus-specification.html) it takes to ask the session bus a question.
// A library would be thirty times as much, for one question that Electron's Tray leaves unanswered.

/** A call with texts as its arguments. */
export interface BusCall {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly texts: readonly string[]
}

/** The body of an answer: its signature, and its bytes. `undefined`: the other side answered with an error. */
export interface BusAnswer {
  readonly signature: string
  readonly body: Buffer
}

export interface SessionBus {
  call(call: BusCall): Promise<BusAnswer | undefined>
  close(): void
}

/** A bus on the same machine answers within milliseconds. */
const WAIT_MS = 2000
/** Answers to our questions are short. */
const MESSAGE_MAX_BYTES = 64 * 1024

/** Where the session bus listens, for `net.connect`; nothing where it is no Unix socket. */
export function busPath(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const address = environment['DBUS_SESSION_BUS_ADDRESS']
  if (!address) return environment['XDG_RUNTIME_DIR'] ? `${environment['XDG_RUNTIME_DIR']}/bus` : undefined
  for (const one of address.split(';')) {
    const [, kind, path] = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(one) ?? []
    if (path !== undefined) return (kind === 'abstract' ? '\0' : '') + decodeURIComponent(path)
  }
  return undefined
}

/** Connects and says hello. Rejects when the bus does not answer; every later wait is bounded too. */
export async function openSessionBus(path: string, waitMs = WAIT_MS): Promise<SessionBus> {
  const socket = connect(path)
  const waiting = new Map<number, (answer: BusAnswer | undefined) => void>()
  let received = Buffer.alloc(0)
  let isWelcome = false
  let lastSerial = 0
  let welcome: () => void = () => undefined
  const fail = () => socket.destroy()
  socket.on('error', () => undefined)
  socket.on('close', () => {
    for (const answer of waiting.values()) answer(undefined)
    waiting.clear()
  })
  socket.on('data', (data) => {
    received = Buffer.concat([received, data])
    if (!isWelcome) {
      const end = received.indexOf('\r\n')
      if (end < 0) return received.length > MESSAGE_MAX_BYTES ? fail() : undefined
      if (!received.subarray(0, end).toString('latin1').startsWith('OK ')) return fail()
      isWelcome = true
      received = received.subarray(end + 2)
      welcome()
    }
    for (let message = takeMessage(received); message !== undefined; message = takeMessage(received)) {
      if (message === 'junk') return fail()
      received = received.subarray(message.bytes)
      const { replyTo, answer } = message
      waiting.get(replyTo)?.(answer)
      waiting.delete(replyTo)
    }
  })
  const call = (asked: BusCall): Promise<BusAnswer | undefined> => {
    const serial = ++lastSerial
    return bounded(socket, waitMs, (resolve) => {
      waiting.set(serial, resolve)
      socket.write(encodeCall(asked, serial))
    })
  }
  await bounded<void>(socket, waitMs, (resolve) => {
    welcome = resolve
    // The user id, as the digits' own codes in hex.
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
    socket.write(`\0AUTH EXTERNAL ${user}\r\n`)
  })
  socket.write('BEGIN\r\n')
  const bus = { destination: BUS, path: '/org/freedesktop/DBus', interface: BUS }
  const hello = await call({ ...bus, member: 'Hello', texts: [] })
  if (hello === undefined) {
    fail()
    throw new Error('the session bus refused us')
  }
  return { call, close: fail }
}

export const BUS = 'org.freedesktop.DBus'

/** Ends the connection when the answer takes too long, and rejects when the connection ends first. */
function bounded<Value>(socket: Socket, waitMs: number, begin: (resolve: (value: Value) => void) => void) {
  return new Promise<Value>((resolve, reject) => {
    const late = setTimeout(() => socket.destroy(), waitMs)
    const ended = () => {
      clearTimeout(late)
      reject(new Error('the session bus does not answer'))
    }
    if (socket.destroyed) return ended()
    socket.once('close', ended)
    begin((value) => {
      clearTimeout(late)
      socket.off('close', ended)
      resolve(value)
    })
  })
}

const align = (offset: number, to: number): number => Math.ceil(offset / to) * to

/** A method call, little-endian. */
export function encodeCall({ destination, path, interface: face, member, texts }: BusCall, serial: number): Buffer {
  const given: Buffer[] = []
  for (const text of texts) given.push(textAt(total(given), text))
  const body = Buffer.concat(given)
  const fields: Buffer[] = []
  const field = (code: number, signature: string, text: string) => {
    const before = total(fields)
    const head = Buffer.from([code, 1, signature.charCodeAt(0), 0])
    // A signature has a length of one byte, a text one of four.
    const value =
      signature === 'g' ? Buffer.from([text.length, ...Buffer.from(text), 0]) : textAt(align(before, 8) + 4, text)
    fields.push(Buffer.concat([Buffer.alloc(align(before, 8) - before), head, value]))
  }
  field(1, 'o', path)
  field(2, 's', face)
  field(3, 's', member)
  field(6, 's', destination)
  if (texts.length > 0) field(8, 'g', 's'.repeat(texts.length))
  const head = Buffer.alloc(16)
  head.write('l', 0, 'latin1')
  head.set([1, 0, 1], 1)
  head.writeUInt32LE(body.length, 4)
  head.writeUInt32LE(serial, 8)
  head.writeUInt32LE(total(fields), 12)
  const headBytes = 16 + total(fields)
  return Buffer.concat([head, ...fields, Buffer.alloc(align(headBytes, 8) - headBytes), body])
}

const total = (parts: readonly Buffer[]): number => parts.reduce((sum, { length }) => sum + length, 0)

function textAt(offset: number, text: string): Buffer {
  const bytes = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return Buffer.concat([Buffer.alloc(align(offset, 4) - offset), length, bytes, Buffer.alloc(1)])
}

interface Message {
  readonly bytes: number
  readonly replyTo: number
  readonly answer: BusAnswer | undefined
}

/** The first message of what was received; `undefined` while it is not whole. */
function takeMessage(received: Buffer): Message | 'junk' | undefined {
  if (received.length < 16) return undefined
  // The bus of a big-endian machine speaks that: none of them runs Electron.
  if (received[0] !== 0x6c) return 'junk'
  const bodyBytes = received.readUInt32LE(4)
  const fieldsBytes = received.readUInt32LE(12)
  const bodyAt = align(16 + fieldsBytes, 8)
  const bytes = bodyAt + bodyBytes
  if (bytes > MESSAGE_MAX_BYTES) return 'junk'
  if (received.length < bytes) return undefined
  const { replyTo, signature } = readFields(received.subarray(0, 16 + fieldsBytes))
  const isReturn = received[1] === 2
  return { bytes, replyTo, answer: isReturn ? { signature, body: received.subarray(bodyAt, bytes) } : undefined }
}

/** Field 5 is the serial of the call that is answered, field 8 the signature of the body. */
function readFields(head: Buffer): { replyTo: number; signature: string } {
  let replyTo = 0
  let signature = ''
  for (let at = 16; at + 4 < head.length; ) {
    at = align(at, 8)
    const code = head[at]
    const kind = String.fromCharCode(head[at + 2] ?? 0)
    at += 4
    if (kind === 'g') {
      const length = head[at] ?? 0
      if (code === 8) signature = head.toString('latin1', at + 1, at + 1 + length)
      at += length + 2
    } else if (kind === 'u') {
      if (code === 5 && at + 4 <= head.length) replyTo = head.readUInt32LE(at)
      at += 4
    } else {
      // Object paths and texts.
      if (at + 4 > head.length) break
      at += 4 + head.readUInt32LE(at) + 1
    }
  }
  return { replyTo, signature }
}

/** A number, or nothing when the answer is another. */
export const readNumber = (answer: BusAnswer | undefined): number | undefined =>
  answer?.signature === 'u' && answer.body.length >= 4 ? answer.body.readUInt32LE(0) : undefined

/** The list of texts in a property's answer, or nothing when it holds something else. */
export function readTexts(answer: BusAnswer | undefined): string[] | undefined {
  // A variant that says of itself: an array of texts.
  const { signature, body } = answer ?? {}
  if (signature !== 'v' || body === undefined || body.length < 8 || body.toString('latin1', 0, 4) !== '\x02as\0')
    return undefined
  const end = Math.min(body.length, 8 + body.readUInt32LE(4))
  const texts: string[] = []
  for (let at = 8; align(at, 4) + 4 <= end; ) {
    at = align(at, 4)
    const length = body.readUInt32LE(at)
    texts.push(body.toString('utf8', at + 4, at + 4 + length))
    at += 4 + length + 1
  }
  return texts
}
