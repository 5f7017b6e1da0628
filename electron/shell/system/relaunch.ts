import { relative } from 'node:path'
import type { RelaunchOptions } from 'electron'

/** What is used of the process: what it was started with. */
export interface Started {
  readonly argv: readonly string[]
  readonly execPath: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * How to start anew after this process, for somebody who asked for it while it ended: with the same options, and the
 * links of those who asked in place of our own.
 */
export function relaunchOptions({ argv, execPath, env }: Started, links: readonly string[]): RelaunchOptions {
  const given = argv.slice(1)
  const end = given.indexOf('--')
  const options = (end < 0 ? given : given.slice(0, end)).filter((argument) => !/^sightline:/i.test(argument))
  const args = links.length === 0 ? options : [...options, '--', ...links]
  const { APPIMAGE: image, APPDIR: mount } = env
  // What an AppImage runs from is gone with the process. A program that it starts inherits the names: only what runs
  // from the mount is the image.
  const isImage = image !== undefined && mount !== undefined && isInside(execPath, mount)
  return isImage ? { args, execPath: image } : { args }
}

const isInside = (path: string, folder: string): boolean =>
  folder !== '' && /^(?!\.\.|\/)./.test(relative(folder, path))
