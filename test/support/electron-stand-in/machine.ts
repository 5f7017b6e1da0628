import { EventEmitter } from 'node:events'
import { strict } from './record.ts'

/** Sleep, wake and lock are events that a test emits: `powerMonitor.emit('resume')`. */
export const powerMonitor = strict('powerMonitor', new EventEmitter())

const workArea = { x: 0, y: 0, width: 1920, height: 1040 }
const display = { id: 1, bounds: { ...workArea, height: 1080 }, workArea, scaleFactor: 1 }

export const screen = strict(
  'screen',
  Object.assign(new EventEmitter(), { getPrimaryDisplay: () => display, getAllDisplays: () => [display] }),
)

class NativeTheme extends EventEmitter {
  #source: 'system' | 'light' | 'dark' = 'system'
  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source
  }
  set themeSource(source: 'system' | 'light' | 'dark') {
    this.#source = source
    this.emit('updated')
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }
}
const theme = new NativeTheme()
export const nativeTheme = new Proxy(strict('nativeTheme', theme), {
  set: (_of, key, value) => Reflect.set(theme, key, value, theme),
})
