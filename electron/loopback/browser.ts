import { spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE_NAME = 'open-in-browser.html'

/** Can a browser be expected to show up here? */
export function hasScreen(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (platform === 'win32' || platform === 'darwin') return true
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY'])
}

/** The program of each system that opens a file with what the person chose for it. */
export function openerOf(platform: NodeJS.Platform): readonly [program: string, ...args: string[]] {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}

/**
 * Opens the browser on a file that forwards to the link. The link itself is never an argument:
 * other users of the machine can read those. Failing is no harm, the link is printed too.
 */
export function openInBrowser(
  profileDirectory: string,
  link: string,
  [program, ...args]: readonly [program: string, ...args: string[]] = openerOf(process.platform),
): void {
  const file = join(profileDirectory, FILE_NAME)
  forgetBrowserFile(profileDirectory)
  writeFileSync(file, forwardingPage(link), { mode: 0o600, flag: 'wx' })
  const opener = spawn(program, [...args, file], { stdio: 'ignore', detached: true })
  opener.on('error', () => undefined)
  opener.unref()
}

/** Removes the file once it has done its work. */
export function forgetBrowserFile(profileDirectory: string): void {
  rmSync(join(profileDirectory, FILE_NAME), { force: true })
}

// The link consists of characters of base64url and the address only: nothing in it needs escaping.
const forwardingPage = (link: string): string =>
  `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${link}"><title>Sightline</title><a href="${link}">Open Sightline</a>\n`
