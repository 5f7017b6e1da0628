import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The text that goes into the package for everything that was bundled: which packages, and their licence files. What is in
 * a bundle is read from its source map, so nothing is forgotten and nothing is added.
 */
export function licencesOf(root: string, maps: readonly string[]): string {
  const folders = new Set(maps.flatMap((map) => packageFolders(root, map)))
  const packages = [...folders].map((folder) => entryOf(folder))
  packages.sort((one, other) => (one.title < other.title ? -1 : one.title > other.title ? 1 : 0))
  /** Licence text -> the packages that carry exactly it. */
  const byText = new Map<string, string[]>()
  for (const { title, text } of packages) {
    const titles = byText.get(text) ?? []
    byText.set(text, titles)
    if (!titles.includes(title)) titles.push(title)
  }
  const sections = [...byText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}`)
  return [
    'Sightline contains the following packages, under their own licences. The source of each lies at\nhttps://www.npmjs.com/package/NAME/v/VERSION',
    'Electron and Chromium: LICENSE.electron.txt and LICENSES.chromium.html beside the program.',
    ...sections,
  ].join(`\n\n${'-'.repeat(80)}\n\n`)
}

/** The folders of packages that a source map names, nested ones as themselves. */
function packageFolders(root: string, map: string): string[] {
  const { sources }: { sources: readonly string[] } = JSON.parse(readFileSync(map, 'utf8'))
  return sources.flatMap((source) => {
    const file = join(dirname(map), source)
    const found = /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0]
    return found?.startsWith(join(root, 'node_modules')) && existsSync(join(found, 'package.json')) ? [found] : []
  })
}

function entryOf(folder: string): { readonly title: string; readonly text: string } {
  const { name, version, license }: Readonly<Record<string, unknown>> = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  const files = licenceFiles(folder)
  return {
    title: `${name} ${version} (${typeof license === 'string' ? license : 'see below'})`,
    text:
      files.length === 0
        ? 'The package names its licence and brings no file with it.'
        : files.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()).join('\n\n'),
  }
}

/** The files of a package that state its licence. */
export function licenceFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)([.-].*)?$/i.test(file))
    .sort()
}
