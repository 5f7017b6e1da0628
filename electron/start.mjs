// `npm start`. Plain JavaScript, so that it can still say what is missing on a Node too old for the rest.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const NEEDED = [22, 12]
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const args = process.argv.slice(2)

main().catch((error) => {
  stopWith(`Sightline could not start: ${error instanceof Error ? error.message : error}`)
})

async function main() {
  if (!isNewEnough(process.versions.node)) return runOnOwnNode()
  if (!existsSync(join(root, 'node_modules', 'ws')))
    return stopWith('Sightline is not installed yet: run `npm ci` first.')
  buildWhenOld()
  // For the demo, which starts the bundles itself.
  if (args[0] === '--build-only') return
  if (args[0] === '--demo') {
    process.argv.splice(2, 1)
    await import(pathToFileURL(join(root, 'electron', 'demo.ts')).href)
    return
  }
  const { chooseShell } = await import(built('choose-shell.js'))
  const chosen = await chooseShell({ root, args })
  if (chosen.is === 'ended') {
    process.exitCode = chosen.exitCode
    return
  }
  if (chosen.reason !== undefined) console.log(chosen.reason)
  await import(built('loopback.js'))
}

function built(file) {
  return pathToFileURL(join(root, 'out', 'electron', file)).href
}

function isNewEnough(version) {
  const parts = version.split('.').map(Number)
  return parts[0] > NEEDED[0] || (parts[0] === NEEDED[0] && parts[1] >= NEEDED[1])
}

/** The folder brings its own Node with it, unless it was installed with --ignore-scripts. */
function runOnOwnNode() {
  const own = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const found = existsSync(own) ? spawnSync(own, ['--version'], { encoding: 'utf8' }) : undefined
  if (found && found.status === 0 && isNewEnough(found.stdout.trim().slice(1))) {
    const ran = spawn(own, process.argv.slice(1), { stdio: 'inherit' })
    // Whoever ends this process means the one that does the work.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => ran.kill(signal))
    ran.on('exit', (code) => process.exit(code === null ? 1 : code))
    return
  }
  stopWith(
    `Sightline needs Node ${NEEDED.join('.')} or newer, and this is ${process.versions.node}. \`npm ci\` brings the right one ` +
      'into this folder (`npm ci --ignore-scripts` leaves it out), or get it from https://nodejs.org.',
  )
}

/** Builds out/ when it is missing or a source is newer than it. */
function buildWhenOld() {
  const built = ['out/electron/choose-shell.js', 'out/electron/preload.cjs', 'out/renderer/index.html'].map(changedAt)
  const sources = ['electron', 'renderer', 'shared', 'package-lock.json'].map(newestIn)
  if (Math.min.apply(null, built) > Math.max.apply(null, sources)) return
  // Not on the standard output: scripts read the link there.
  if (process.stderr.isTTY) process.stderr.write('Building Sightline, once…\n')
  const flags = isStrippingByItself() ? [] : ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
  const ran = spawnSync(process.execPath, flags.concat(join(root, 'electron', 'build.ts'), '--quiet'), {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (ran.status === 0) return
  const said = (ran.stderr || ran.stdout || String(ran.error || '')).trim().split('\n')
  const why = said.find((line) => /error/i.test(line)) || said[0]
  throw new Error(`building it failed: ${why}. \`npm run build\` says more.`)
}

function isStrippingByItself() {
  const parts = process.versions.node.split('.').map(Number)
  return parts[0] > 23 || (parts[0] === 22 && parts[1] >= 18) || (parts[0] === 23 && parts[1] >= 6)
}

function changedAt(file) {
  const path = join(root, file)
  return existsSync(path) ? statSync(path).mtimeMs : 0
}

/** When the newest source below a folder changed; tests and documents do not count. */
function newestIn(name) {
  const path = join(root, name)
  if (!existsSync(path)) return 0
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return readdirSync(path)
    .filter((entry) => !/\.md$|^\./.test(entry))
    .reduce((newest, entry) => Math.max(newest, newestIn(join(name, entry))), 0)
}

function stopWith(sentence) {
  console.error(sentence)
  process.exitCode = 1
}
