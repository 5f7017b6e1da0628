import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'

/** What a second instance hands to the first. */
export interface SecondInstance {
  readonly argv: readonly string[]
  readonly folder: string
  readonly data: unknown
}

export type Lock = { readonly isOurs: true } | { readonly isOurs: false; readonly handedOver: Promise<void> }

const HANDED_OVER_WITHIN_MS = 5_000
const AGAIN_AFTER_MS = 30

/** One instance per folder, between real processes: a file that is made only once, and a socket beside it. */
export function requestLock(folder: string, data: unknown, onSecond: (second: SecondInstance) => void): Lock {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'stand-in.lock')
  const socket = join(folder, 'stand-in.socket')
  if (!isTaken(file)) {
    const second: SecondInstance = { argv: process.argv, folder: process.cwd(), data }
    return { isOurs: false, handedOver: handOver(socket, JSON.stringify(second)) }
  }
  rmSync(socket, { force: true })
  createServer({ allowHalfOpen: true }, (connection) => {
    let text = ''
    connection.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
    })
    connection.on('error', () => undefined)
    connection.on('end', () => {
      connection.end('taken')
      // Written by handOver() of another process of ours.
      onSecond(JSON.parse(text) as SecondInstance)
    })
  })
    .listen(socket)
    .unref()
  process.once('exit', () => rmSync(file, { force: true }))
  return { isOurs: true }
}

/** Made by us now, or left by a process that is no more. */
function isTaken(file: string): boolean {
  for (;;) {
    try {
      const made = openSync(file, 'wx')
      writeSync(made, String(process.pid))
      closeSync(made)
      return true
    } catch {
      if (isAlive(Number(read(file)))) return false
      rmSync(file, { force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  // Just made, and not written yet.
  if (pid === 0) return true
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** The first instance may not listen yet: tried again until it does. */
function handOver(socket: string, text: string): Promise<void> {
  const until = performance.now() + HANDED_OVER_WITHIN_MS
  return new Promise((resolve) => {
    const attempt = () => {
      const connection = connect(socket)
      connection.on('error', () => (performance.now() < until ? setTimeout(attempt, AGAIN_AFTER_MS) : resolve()))
      connection.on('connect', () => connection.end(text))
      connection.on('data', () => resolve())
    }
    attempt()
  })
}
