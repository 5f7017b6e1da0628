/**
 * Builds everything into out/: the page, and one bundle per program that runs beside it.
 * `node electron/build.ts` builds all; `--quiet` prints nothing but errors.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, type InlineConfig, type Plugin } from 'vite'

const root = join(import.meta.dirname, '..')
const quiet = process.argv.includes('--quiet')

/**
 * The database's driver finds its native file beside its own scripts, so it stays a package. QUIC and WebRTC ask for theirs
 * by package name at run time, which works from a bundle too.
 * Everything else goes into the bundles, which halves the start (0.4 s instead of 0.9 s).
 */
const NATIVE = ['better-sqlite3-multiple-ciphers', 'electron']

/** @achingbrain/ssdp reads its package.json at run time, two folders up. In a bundle that is nowhere, so the two words are written in. */
const ssdpManifest: Plugin = {
  name: 'ssdp-manifest',
  transform(code, id) {
    if (!id.endsWith('/@achingbrain/ssdp/dist/src/ssdp.js')) return undefined
    const written = code.replace("req('../../package.json')", `{ name: '@achingbrain/ssdp', version: '4' }`)
    if (written === code) throw new Error('@achingbrain/ssdp names itself in another way now')
    return { code: written, map: null }
  },
}

/** Bundle name -> entry. A worker is an entry of its own, because it is started by file. */
const PROGRAMS: Readonly<Record<string, string>> = {
  main: 'electron/main.ts',
  loopback: 'electron/loopback/main.ts',
  relay: 'electron/relay/main.ts',
  // For start.mjs, which runs on a Node too old for the sources.
  'choose-shell': 'electron/desktop/choose.ts',
  'storage-worker': 'electron/storage/worker.ts',
  'argon2-worker': 'electron/app/keys/argon2-worker.ts',
}

const programs: InlineConfig = {
  configFile: false,
  root,
  logLevel: quiet ? 'error' : 'warn',
  plugins: [ssdpManifest],
  ssr: { noExternal: true, external: NATIVE, target: 'node' },
  build: {
    ssr: true,
    target: 'node22',
    outDir: join(root, 'out/electron'),
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(PROGRAMS).map(([name, entry]) => [name, join(root, entry)])),
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
      },
    },
  },
}

/** What runs in the window before its page. Sandboxed, it can require nothing but 'electron': one CommonJS file. */
const PRELOAD = 'electron/preload.ts'
const preload: InlineConfig = {
  configFile: false,
  root,
  logLevel: quiet ? 'error' : 'warn',
  build: {
    target: 'chrome140',
    outDir: join(root, 'out/electron'),
    emptyOutDir: false,
    copyPublicDir: false,
    minify: false,
    lib: { entry: join(root, PRELOAD), formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'], output: { codeSplitting: false } },
  },
}

const startedAt = performance.now()
const missing = [...Object.values(PROGRAMS), PRELOAD].filter((entry) => !existsSync(join(root, entry)))
if (missing.length > 0) throw new Error(`cannot build: ${missing.join(', ')} not found`)
await build(programs)
await build(preload)
await build({
  configFile: join(root, 'renderer/vite.config.ts'),
  root: join(root, 'renderer'),
  logLevel: quiet ? 'error' : 'warn',
})
if (!quiet) console.log(`built out/ in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
