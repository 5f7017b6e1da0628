import { execFile } from 'node:child_process'
import { copyFile, glob, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { generate as transpile } from 'protons'

// `node electron/messaging/wire/generate.ts [--check]`
// Compiles every `*.proto` of electron to `*.pb.js` and `*.pb.d.ts` beside it. These are committed: what protons
// writes has namespaces and enums, which Node's type stripping refuses, so it goes through the TypeScript compiler once.

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))
const HEADER =
  '// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.\n'
const COMPILE_TIMEOUT_MS = 60_000

/** One generated file: where it belongs and what it should hold. */
export interface Generated {
  readonly path: string
  readonly text: string
}

/** What the `.proto` files of the tree compile to. Writes nothing outside a temporary folder. */
export async function generate(): Promise<readonly Generated[]> {
  const protos: string[] = []
  for await (const proto of glob('electron/**/*.proto', { cwd: root })) protos.push(proto)
  protos.sort()
  if (protos.length === 0) return []
  // Inside the tree, because the compiler looks for the runtime's types in node_modules above the sources.
  await mkdir(join(root, 'out'), { recursive: true })
  const folder = await mkdtemp(join(root, 'out', 'generate-'))
  try {
    const jobs = protos.map((proto, index) => ({ proto, folder: join(folder, String(index)) }))
    for (const job of jobs) await transpileOne(join(root, job.proto), job.folder)
    await compile(
      jobs.map((job) => join(job.folder, `${nameOf(job.proto)}.ts`)),
      folder,
    )
    const files = jobs.map(async (job) => [
      await collect(job, 'js'), //
      await collect(job, 'd.ts'),
    ])
    return (await Promise.all(files)).flat()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes what is not up to date, or with `isCheck` only names it. */
export async function update({ isCheck }: { readonly isCheck: boolean }): Promise<readonly string[]> {
  const stale: string[] = []
  for (const { path, text } of await generate()) {
    const present = await readFile(join(root, path), 'utf8').catch(() => undefined)
    if (present === text) continue
    stale.push(path)
    if (!isCheck) await writeFile(join(root, path), text)
  }
  return stale
}

async function transpileOne(proto: string, folder: string): Promise<void> {
  await mkdir(folder)
  await copyFile(proto, join(folder, basename(proto)))
  await transpile(join(folder, basename(proto)), { strict: true })
  const made = join(folder, `${nameOf(proto)}.ts`)
  const text = await readFile(made, 'utf8')
  // One dependency fewer: this is all the helper does for length 0.
  const plain = text
    .replace(/^import .* from 'uint8arrays\/alloc'\n/m, '')
    .replaceAll('uint8ArrayAlloc(0)', 'new Uint8Array(0)')
  await writeFile(made, plain)
}

// Without type checks: protons 9 writes for the types of an older runtime, whose functions have not changed.
async function compile(sources: readonly string[], folder: string): Promise<void> {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const options = '--ignoreConfig --noCheck --target es2024 --module nodenext --declaration --skipLibCheck'
  await run(process.execPath, [compiler, ...options.split(' '), '--rootDir', folder, ...sources], {
    timeout: COMPILE_TIMEOUT_MS,
  })
}

async function collect(job: { proto: string; folder: string }, ending: 'js' | 'd.ts'): Promise<Generated> {
  const text = await readFile(join(job.folder, `${nameOf(job.proto)}.${ending}`), 'utf8')
  const kept = ending === 'js' ? text : onlyMessages(text)
  return { path: job.proto.replace(/\.proto$/, `.pb.${ending}`), text: HEADER + kept }
}

/** Declares messages with `encode` and `decode` only: field-by-field streaming and codecs are of no use to us. */
function onlyMessages(declarations: string): string {
  return (
    declarations
      .replace(/^ {4}interface \w+FieldEvent \{[^}]*\}\n/gm, '')
      .replace(/^ {4}(const codec|function stream).*\n/gm, '')
      // Fields take and give plain byte arrays; insisting on ArrayBuffer would only make callers copy.
      .replace(/^( {4}\w+\??: )Uint8Array<ArrayBuffer>/gm, '$1Uint8Array')
      .replace(/^export declare namespace \w+ \{\n\}\n/gm, '')
      .replace('import type { Codec, DecodeOptions } from', 'import type { DecodeOptions } from')
  )
}

const nameOf = (proto: string) => basename(proto, '.proto')

if (import.meta.main) {
  const isCheck = process.argv.includes('--check')
  const stale = await update({ isCheck })
  for (const path of stale) console.log(isCheck ? `stale: ${path}` : `written: ${path}`)
  if (isCheck && stale.length > 0) {
    console.error('The generated frames do not match their .proto files. Run `npm run generate`.')
    process.exitCode = 1
  }
}
