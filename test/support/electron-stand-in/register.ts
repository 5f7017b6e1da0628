// `node --import …/register.ts out/electron/main.js` runs the compiled desktop app without Electron's runtime: whoever asks
// for `electron` gets the stand-in, and the process looks like Electron's main process.
import { registerHooks } from 'node:module'
import { likeBoringSsl } from './boring-ssl.ts'

const STAND_IN = new URL('electron.ts', import.meta.url).href
const NAMES: ReadonlySet<string> = new Set(['electron', 'electron/main', 'electron/common'])

registerHooks({
  resolve: (name, context, next) => (NAMES.has(name) ? { url: STAND_IN, shortCircuit: true } : next(name, context)),
})
Object.defineProperty(process, 'versions', {
  value: Object.freeze({ ...process.versions, electron: '45.4.1', chrome: '156.0.0.0' }),
})
Object.defineProperty(process, 'type', { value: 'browser' })
Object.defineProperty(process, 'resourcesPath', { value: process.cwd() })
likeBoringSsl()
