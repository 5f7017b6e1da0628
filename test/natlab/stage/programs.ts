import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { type RunInsideOptions, runInside } from '../net/inside.ts'

// The programs of the lab as bundles, as they are shipped: eighteen messengers from source would compile for a minute.

const root = join(import.meta.dirname, '../../..')
const FOLDER = 'SIGHTLINE_NATLAB_BUNDLES'
const SOURCES = { messenger: 'test/support/stdio-messenger.ts', relay: 'electron/relay/main.ts' } as const
// A worker is an entry of its own, because it is started by file (electron/build.ts).
const WORKERS = {
  'storage-worker': 'electron/storage/worker.ts',
  'argon2-worker': 'electron/app/keys/argon2-worker.ts',
}
// What finds files of its own beside its scripts stays a package.
const PACKAGES = ['better-sqlite3-multiple-ciphers', 'electron', '@achingbrain/ssdp']

/** The file that starts a program: its bundle, where there is one, or its source. */
export function entryOf(program: keyof typeof SOURCES): string {
  const folder = process.env[FOLDER]
  return folder === undefined ? join(root, SOURCES[program]) : join(folder, `${program}.js`)
}

/** Bundles the programs into a folder of their own in out/; resolves with what hands them to `runInside`, and their end. */
export async function bundlePrograms(): Promise<{ readonly env: Record<string, string>; remove(): void }> {
  mkdirSync(join(root, 'out'), { recursive: true })
  const folder = mkdtempSync(join(root, 'out/natlab-bundles-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true, external: PACKAGES, target: 'node' },
    build: {
      ssr: true,
      target: 'node22',
      outDir: folder,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries({ ...SOURCES, ...WORKERS }).map(([name, entry]) => [name, join(root, entry)]),
        ),
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  })
  return { env: { [FOLDER]: folder }, remove }
}

/** `runInside` with bundles of the programs; those of whoever started us, or fresh ones. */
export async function runWithBundles(argv: readonly string[], options: RunInsideOptions = {}): Promise<number> {
  if (process.env[FOLDER] !== undefined) return await runInside(argv, options)
  const { env, remove } = await bundlePrograms()
  try {
    return await runInside(argv, { ...options, env: { ...options.env, ...env } })
  } finally {
    remove()
  }
}
