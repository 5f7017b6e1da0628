import { existsSync } from 'node:fs'
import { strict } from './record.ts'

interface NativeImage {
  readonly from: string
  isEmpty(): boolean
  setTemplateImage(isTemplate: boolean): void
}

const image = (from: string, isEmpty: boolean): NativeImage =>
  strict('NativeImage', { from, isEmpty: () => isEmpty, setTemplateImage: () => undefined })

/** A picture that is nowhere drawn; one of a file that is not there is empty, as in Electron. */
export const nativeImage = strict('nativeImage', {
  createEmpty: () => image('nothing', true),
  createFromPath: (path: string) => image(path, !existsSync(path)),
  createFromBitmap(bitmap: Buffer, { width, height }: { readonly width: number; readonly height: number }) {
    if (bitmap.length !== width * height * 4) throw new Error('invalid buffer size')
    return image('bitmap', false)
  },
})
