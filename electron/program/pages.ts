import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { NONCE_PLACE, securityHeaders } from './headers.ts'

/** One file of the built page as it is sent. */
export interface PageAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | string
}

export interface Pages {
  /** Answers the path part of a URL. */
  answer(path: string): Promise<PageAnswer>
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/**
 * Serves the files of one folder and nothing else. The list of files is made once, so a path of a request is only ever
 * looked up and never becomes a path on disk: there is nothing to escape from.
 */
export function createPages(directory: string): Pages {
  const files = new Map<string, string>()
  for (const file of existsSync(directory) ? filesBelow(directory) : []) {
    if (TYPES[extname(file)] !== undefined) files.set(`/${relative(directory, file).split(sep).join('/')}`, file)
  }
  return {
    async answer(path) {
      const name = path === '/' ? '/index.html' : path
      const file = files.get(name)
      if (file === undefined) {
        return files.has('/index.html')
          ? plainPage(404, 'There is no such page in Sightline.')
          : plainPage(503, 'The pages of Sightline are not built yet: run `npm run build`.')
      }
      const type = TYPES[extname(file)] ?? 'application/octet-stream'
      const body = await readFile(file)
      if (extname(file) !== '.html')
        return { status: 200, headers: { ...securityHeaders(), 'content-type': type }, body }
      const nonce = randomBytes(16).toString('base64')
      return {
        status: 200,
        headers: { ...securityHeaders(nonce), 'content-type': type },
        body: body.toString('utf8').replaceAll(NONCE_PLACE, nonce),
      }
    },
  }
}

/** Folder by folder: inside a packaged app the listing of a whole tree at once is not to be relied on. */
function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}

/** A page of one sentence. */
export function plainPage(status: number, sentence: string): PageAnswer {
  return {
    status,
    headers: { ...securityHeaders(), 'content-type': 'text/plain; charset=utf-8' },
    body: `${sentence}\n`,
  }
}
