// The loopback shell: the whole app without Electron, in the browser of this machine.
import { join } from 'node:path'
import { type App, createApp } from '../app/app.ts'
import { openLogFile } from '../app/log.ts'
import { createEnding } from '../program/ending.ts'
import { findInstallation, platformName } from '../program/installation.ts'
import { type ProgramOptions, readOptions, USAGE } from '../program/options.ts'
import { makeProfileFolder, startFailure } from '../program/profile-folder.ts'
import { forgetBrowserFile, hasScreen, openInBrowser } from './browser.ts'
import { answerDoorbell, DoorbellTaken, ringDoorbell } from './doorbell.ts'
import { PortTaken, startServer } from './server.ts'

const read = readOptions(process.argv.slice(2))
if (!read.ok) giveUp(read.failure, 2)
else if (read.value === 'help') console.log(USAGE)
else await main(read.value).catch((error: unknown) => giveUp(sentenceOf(error), 1))

async function main(options: ProgramOptions): Promise<void> {
  makeProfileFolder(options.directory)
  const running = await ringDoorbell(options.directory)
  if (running !== undefined) {
    console.error('This profile is already running. Here is a new link to it; the one before it is worth nothing now.')
    if (options.links.length > 0) console.error('The invite was not handed over: paste it there under People.')
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
    shell: { kind: 'loopback', profile: options.profile, version, platform: platformName() },
    log,
    relays: options.relays,
    onQuit: () => ending.end('quit'),
  })
  // Undone newest first: the page hears that the messenger is gone before it could see it close.
  ending.later(app.stop)
  ending.later(doorbell.stop)
  ending.later(server.stop)
  ending.later(async () => forgetBrowserFile(options.directory))
  for (const link of options.links) app.arrive({ kind: 'link', link })
  show(options, server.newLink())
}

/** Prints the link, and opens it where a browser can be expected. */
function show(options: ProgramOptions, link: string): void {
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
  return startFailure(error)
}
