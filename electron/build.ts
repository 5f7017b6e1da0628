/**
 * Builds everything into out/: the page, and one bundle per program that runs beside it.
 * `node electron/build.ts` builds all; `--quiet` prints nothing but errors.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'

const root = join(import.meta.dirname, '..')
const quiet = process.argv.includes('--quiet')

/**
 * Native code cannot be bundled: these stay packages. @libp2p/webrtc reaches its native part through node-datachannel.
 * Everything else goes into the bundles, which halves the start (0.4 s instead of 0.9 s).
 */
const NATIVE = ['better-sqlite3-multiple-ciphers', '@chainsafe/libp2p-quic', 'node-datachannel', 'electron']

/** Bundle name -> entry. A worker is an entry of its own, because it is started by file. */
const PROGRAMS: Readonly<Record<string, string>> = {
  loopback: 'electron/loopback/main.ts',
  relay: 'electron/relay/main.ts',
  'storage-worker': 'electron/storage/worker.ts',
  'argon2-worker': 'electron/app/keys/argon2-worker.ts',
}

const programs: InlineConfig = {
  configFile: false,
  root,
  logLevel: quiet ? 'error' : 'warn',
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

const startedAt = performance.now()
const missing = Object.values(PROGRAMS).filter((entry) => !existsSync(join(root, entry)))
if (missing.length > 0) throw new Error(`cannot build: ${missing.join(', ')} not found`)
await build(programs)
await build({
  configFile: join(root, 'renderer/vite.config.ts'),
  root: join(root, 'renderer'),
  logLevel: quiet ? 'error' : 'warn',
})
if (!quiet) console.log(`built out/ in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
