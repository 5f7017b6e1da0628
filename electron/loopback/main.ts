// The loopback shell: the whole app without Electron, in the browser of this machine.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type App, createApp } from '../app/app.ts'
import { openLogFile } from '../app/log.ts'
import { forgetBrowserFile, hasScreen, openInBrowser } from './browser.ts'
import { answerDoorbell, DoorbellTaken, ringDoorbell } from './doorbell.ts'
import { createEnding } from './ending.ts'
import { findInstallation } from './installation.ts'
import { type LoopbackOptions, readOptions, USAGE } from './options.ts'
import { PortTaken, startServer } from './server.ts'

const read = readOptions(process.argv.slice(2))
if (!read.ok) giveUp(read.failure, 2)
else if (read.value === 'help') console.log(USAGE)
else await main(read.value).catch((error: unknown) => giveUp(sentenceOf(error), 1))

async function main(options: LoopbackOptions): Promise<void> {
  // Whatever this program writes is for its owner only.
  process.umask(0o077)
  mkdirSync(options.directory, { recursive: true, mode: 0o700 })
  const running = await ringDoorbell(options.directory)
  if (running !== undefined) {
    show(options, running)
    return
  }

  const { root, version } = findInstallation(import.meta.dirname)
  const { log, close: closeLog } = openLogFile(join(options.directory, 'log.jsonl'))
  const ending = createEnding({ log })
  ending.later(async () => closeLog())
  ending.onSignals()
  log('shell started', { version, node: process.versions.node, platform: process.platform })

  let app: App | undefined
  const server = await startServer({
    port: options.port,
    pagesDirectory: join(root, 'out', 'renderer'),
    log,
    serveCaller: (line) => {
      if (app === undefined) throw new Error('a page called before there was an app')
      return app.serve(line)
    },
    onLinkUsed: () => forgetBrowserFile(options.directory),
  })
  const doorbell = await answerDoorbell(options.directory, server.newLink)
  // Only now, with the doorbell ours, is it certain that nobody else runs this profile.
  app = createApp({
    directory: options.directory,
    shell: { kind: 'loopback', profile: options.profile, version },
    log,
    relays: options.relays,
    onQuit: () => ending.end('quit'),
  })
  // Undone newest first: the page hears that the messenger is gone before it could see it close.
  ending.later(app.stop)
  ending.later(doorbell.stop)
  ending.later(server.stop)
  ending.later(async () => forgetBrowserFile(options.directory))
  show(options, server.newLink())
}

/** Prints the link, and opens it where a browser can be expected. */
function show(options: LoopbackOptions, link: string): void {
  if (options.opensBrowser && hasScreen()) openInBrowser(options.directory, link)
  console.log(link)
}

function giveUp(sentence: string, exitCode: number): never {
  console.error(sentence)
  process.exit(exitCode)
}

function sentenceOf(error: unknown): string {
  if (error instanceof PortTaken)
    return `Port ${error.port} is taken by another program. Choose another one with --port, or leave it out for a free one.`
  if (error instanceof DoorbellTaken) return 'This profile was being started twice at the same moment. Try again.'
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code))
    return `The folder of this profile cannot be written (${code}). Choose another place with --profiles-dir.`
  if (code === 'ENOSPC') return 'The disk is full. Sightline starts again when there is room.'
  return `Sightline could not start: ${error instanceof Error ? error.message : String(error)}`
}
