// `npm run demo`: a relay and two profiles on this machine, already introduced. Everything lives in a temporary folder.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import type { CommandInput, CommandName, CommandOutput } from '../shared/contract/commands.ts'
import { createFrameBridge, type FrameBridge } from '../shared/contract/frame-bridge.ts'
import { TAB_PROTOCOL } from '../shared/contract/tab-key.ts'
import type { ViewName, Views } from '../shared/contract/views.ts'
import { ringDoorbell } from './loopback/doorbell.ts'
import { keyOfEntryPage } from './loopback/entry.ts'

const STEP_WITHIN_MS = 30_000
const root = join(import.meta.dirname, '..')
const isJson = process.argv.includes('--json')
const folder = mkdtempSync(join(tmpdir(), 'sightline-demo-'))
const programs: ChildProcess[] = []
let isEnding = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0))
process.stdout.on('error', () => undefined)
await run().catch((error: unknown) => {
  if (isEnding) return
  console.error(`The demo could not start: ${error instanceof Error ? error.message : String(error)}`)
  return end(1)
})

async function run(): Promise<void> {
  const built = spawnSync(process.execPath, [join(root, 'electron', 'start.mjs'), '--build-only'], { stdio: 'inherit' })
  if (built.status !== 0) throw new Error('it could not be built')
  const relay = await startRelay()
  const [ada, bea] = await Promise.all([startProfile('Ada', relay), startProfile('Bea', relay)])
  await introduce(ada, bea)
  const links = { ada: await ada.leave(), bea: await bea.leave() }
  if (isJson) return console.log(JSON.stringify({ relay, folder, links, pids: programs.map(({ pid }) => pid) }))
  console.log(`Ada: ${links.ada}\nBea: ${links.bea}`)
  console.log(
    'Open both links, side by side. They talk through a relay on this machine, because both have “Relay only” on:\n' +
      'switch it off in Settings → Privacy at both ends, and watch the line become direct.\n' +
      'Ctrl+C ends it and leaves nothing behind.',
  )
}

interface Person {
  readonly name: string
  do<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandOutput<Name>>
  /** Resolves as soon as `choose` finds what it looks for in the rows of a view. */
  see<Name extends ViewName, Found>(
    name: Name,
    choose: (rows: ReadonlyMap<string, Views[Name]>) => Found | undefined,
  ): Promise<Found>
  /** Hangs up, and gives the link for a person to come in. */
  leave(): Promise<string>
}

async function introduce(ada: Person, bea: Person): Promise<void> {
  // Before the relay holds a place her link would lead nowhere.
  await ada.see('self', (rows) => (rows.get('')?.reachableThrough.length ? true : undefined))
  const { link } = await ada.do('invite.create', { withDirectAddresses: false })
  await bea.do('contact.add', { link, note: 'Hello Ada, it is me.' })
  const asking = await ada.see('people', (rows) => [...rows.values()].find(({ state }) => state === 'asks-me')?.id)
  await ada.do('contact.accept', { id: asking })
  const friend = await bea.see('people', (rows) => [...rows.values()].find(({ state }) => state === 'mutual')?.id)
  const { conversation } = await ada.do('conversation.open', { contact: asking })
  await ada.do('message.send', { conversation, text: 'Hello Bea! Press the line above to see how this reached you.' })
  await bea.do('conversation.open', { contact: friend })
}

/** Starts the relay program and gives an address of it. */
async function startRelay(): Promise<string> {
  const program = start('relay.js', ['--host', '127.0.0.1', '--port', '0', '--data', join(folder, 'relay'), '--json'])
  const address = await firstLine(
    program,
    'the relay',
    (line) => /"(\/ip4\/127\.0\.0\.1\/tcp\/\d+\/p2p\/\w+)"/.exec(line)?.[1],
  )
  return address
}

/** Starts a profile in the loopback shell and comes in by its link, as a browser would. */
async function startProfile(name: string, relay: string): Promise<Person> {
  const profile = name.toLowerCase()
  const program = start('loopback.js', ['--profile', profile, '--profiles-dir', folder, '--no-open', '--relay', relay])
  const link = await firstLine(program, `${name}'s profile`, (line) => /^http:\S+$/.exec(line)?.[0])
  const { bridge, hangUp } = await comeIn(link)
  const person: Person = {
    name,
    async do(command, input) {
      const result = await bridge.ask(command, input)
      if (result.ok) return result.value
      throw new Error(`${name}: ${command} was refused (${result.failure.code})`)
    },
    see: (view, choose) => within(`${name}'s ${view}`, firstSight(bridge, view, choose)),
    async leave() {
      hangUp()
      const fresh = await ringDoorbell(join(folder, profile))
      if (fresh === undefined) throw new Error(`${name}'s profile gave no link`)
      return fresh
    },
  }
  await person.do('profile.create', { passphrase: '' })
  await person.see('session', (rows) => (rows.get('')?.state === 'open' ? true : undefined))
  await person.do('profile.rename', { name })
  // On one machine they would find each other directly at once, and nobody would see a relay at work.
  await person.do('settings.change', { relayOnly: true })
  return person
}

async function comeIn(link: string): Promise<{ bridge: FrameBridge; hangUp: () => void }> {
  const { origin } = new URL(link)
  const answer = await fetch(link, { redirect: 'manual' })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  const key = keyOfEntryPage(await answer.text())
  if (cookie === undefined || key === undefined) throw new Error('a link was not accepted')
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/bridge`, [TAB_PROTOCOL, key], {
    headers: { origin, cookie },
  })
  await within(
    'a connection',
    new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject)),
  )
  const bridge = createFrameBridge((text) => socket.send(text))
  socket.on('message', (data) => bridge.receive(data.toString()))
  socket.on('error', () => undefined)
  socket.on('close', bridge.close)
  return { bridge, hangUp: () => socket.close() }
}

function firstSight<Name extends ViewName, Found>(
  bridge: FrameBridge,
  view: Name,
  choose: (rows: ReadonlyMap<string, Views[Name]>) => Found | undefined,
): Promise<Found> {
  return new Promise((resolve) => {
    const rows = new Map<string, Views[Name]>()
    const stop = bridge.watch(view, (push) => {
      if (push.isWhole) rows.clear()
      for (const key of push.gone) rows.delete(key)
      for (const [key, row] of push.rows) rows.set(key, row)
      const found = choose(rows)
      if (found === undefined) return
      setImmediate(() => stop())
      resolve(found)
    })
  })
}

function start(bundle: string, args: readonly string[]): ChildProcess {
  const program = spawn(process.execPath, [join(root, 'out', 'electron', bundle), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  programs.push(program)
  return program
}

/** The first thing `find` sees in what a program prints; everything after it is let go. */
function firstLine(program: ChildProcess, what: string, find: (line: string) => string | undefined): Promise<string> {
  const found = new Promise<string>((resolve, reject) => {
    program.once('error', reject)
    program.once('exit', (code, signal) => {
      reject(new Error(`${what} ended (${code ?? signal})`))
      if (isEnding) return
      console.error(`${what} ended, so the demo ends.`)
      void end(1)
    })
    if (program.stdout === null) return reject(new Error(`${what} has no output`))
    createInterface({ input: program.stdout }).on('line', (line) => {
      const text = find(line)
      if (text !== undefined) resolve(text)
    })
  })
  return within(what, found)
}

async function within<Value>(what: string, wait: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${STEP_WITHIN_MS / 1000} s`)), STEP_WITHIN_MS)
  })
  return Promise.race([wait, late]).finally(() => clearTimeout(timer))
}

/** Ends every program it started, then removes the folder. */
async function end(exitCode: number): Promise<void> {
  if (isEnding) return
  isEnding = true
  await Promise.all(
    programs.map((program) => {
      if (program.exitCode !== null || program.signalCode !== null) return undefined
      const gone = new Promise<void>((resolve) => program.once('exit', () => resolve()))
      program.kill('SIGTERM')
      // Each ends cleanly within three seconds; this is for one that hangs.
      const timer = setTimeout(() => program.kill('SIGKILL'), 4000)
      return gone.finally(() => clearTimeout(timer))
    }),
  )
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  process.exit(exitCode)
}
