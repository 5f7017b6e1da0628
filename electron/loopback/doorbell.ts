import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

// How a second `npm start` of a running profile asks the first one for a fresh link: whoever may open the socket
// (the owner of the profile, by file permission) is sent one line and nothing is read from it.

/** A running messenger answers within a few milliseconds even when busy; beyond this it hangs. */
const RING_TIMEOUT_MS = 3000
/** The kernel's limit for the path of a socket is 108 bytes on Linux, 104 on macOS, the ending zero included. */
const SOCKET_PATH_MAX_BYTES = 100

/** Asks whoever runs this profile for a fresh link; `undefined` when nobody does. */
export function ringDoorbell(directory: string): Promise<string | undefined> {
  return new Promise((resolveWith) => {
    const socket = connect(socketPath(directory))
    let heard = ''
    socket.setEncoding('utf8')
    socket.setTimeout(RING_TIMEOUT_MS, () => socket.destroy())
    socket.on('data', (text) => {
      heard += text
    })
    // Refused, absent, or a leftover of a process that was killed: nobody is there.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolveWith(heard.endsWith('\n') ? heard.trim() : undefined))
  })
}

/** Somebody else runs this profile. */
export class DoorbellTaken extends Error {
  override readonly name = 'DoorbellTaken'
}

/** Hands a fresh link to everyone who may open the socket. Call ringDoorbell() first: a leftover socket is replaced. */
export async function answerDoorbell(directory: string, newLink: () => string): Promise<{ stop(): Promise<void> }> {
  const path = socketPath(directory)
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.end(`${newLink()}\n`, () => socket.destroySoon())
  })
  if (!(await listens(server, path))) {
    if ((await ringDoorbell(directory)) !== undefined) throw new DoorbellTaken('this profile is already running')
    rmSync(path, { force: true })
    if (!(await listens(server, path))) throw new DoorbellTaken('this profile is already running')
  }
  if (process.platform !== 'win32') chmodSync(path, 0o600)
  return {
    stop: () =>
      new Promise((resolveWith) => {
        // Node removes the socket file on close.
        server.close(() => resolveWith())
      }),
  }
}

function listens(server: Server, path: string): Promise<boolean> {
  return new Promise((resolveWith, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolveWith(false)
      else reject(error)
    }
    server.once('error', failed)
    server.listen(path, () => {
      server.off('error', failed)
      resolveWith(true)
    })
  })
}

/** In the profile where its name is short enough; otherwise in a folder of this user's own. */
export function socketPath(directory: string): string {
  const name = createHash('sha256').update(resolve(directory)).digest('hex').slice(0, 32)
  if (process.platform === 'win32') return `\\\\.\\pipe\\sightline-${name}`
  const inProfile = join(resolve(directory), 'doorbell')
  if (Buffer.byteLength(inProfile) <= SOCKET_PATH_MAX_BYTES) return inProfile
  const own = join(tmpdir(), `sightline-${userInfo().uid}`)
  mkdirSync(own, { recursive: true, mode: 0o700 })
  const found = lstatSync(own)
  // Somebody else may have made that folder first, to listen in.
  if (!found.isDirectory() || found.uid !== userInfo().uid) throw new Error(`${own} belongs to somebody else`)
  chmodSync(own, 0o700)
  return join(own, name)
}
