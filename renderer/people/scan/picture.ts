import type { PictureRefusal } from '../../words/english/scan.ts'

// A header can claim what no memory holds, so it is read before anything is unpacked.
const FILE_MAX_BYTES = 40 * 1024 * 1024
const PIXELS_MAX = 64_000_000
const EDGE_MAX_PIXELS = 16_384
// A photograph says its size after its notes and its small preview; those take a few hundred kilobytes at most.
const HEADER_BYTES = 1024 * 1024

interface Size {
  readonly width: number
  readonly height: number
}

/** Looks at the first bytes of a file: may it be unpacked? */
export async function refusalOf(file: Blob): Promise<PictureRefusal | undefined> {
  if (file.size > FILE_MAX_BYTES) return 'too-large'
  const head = new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer())
  const size = sizeIn(head)
  if (size === undefined || size.width < 1 || size.height < 1) return 'not-a-picture'
  const { width, height } = size
  return Math.max(width, height) > EDGE_MAX_PIXELS || width * height > PIXELS_MAX ? 'too-large' : undefined
}

/** The width and height a picture's header claims; `undefined` for what is no PNG, JPEG, GIF, WebP or BMP. */
export function sizeIn(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return pngSize(view) ?? gifSize(view) ?? bmpSize(view) ?? webpSize(view) ?? jpegSize(view)
  } catch {
    // Shorter than its own header.
    return undefined
  }
}

function word(view: DataView, at: number, length: number): string {
  let text = ''
  for (let next = at; next < at + length && next < view.byteLength; next++)
    text += String.fromCharCode(view.getUint8(next))
  return text
}

function pngSize(view: DataView): Size | undefined {
  if (word(view, 0, 8) !== '\x89PNG\r\n\x1a\n' || word(view, 12, 4) !== 'IHDR') return undefined
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

function gifSize(view: DataView): Size | undefined {
  if (!/^GIF8[79]a$/u.test(word(view, 0, 6))) return undefined
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
}

function bmpSize(view: DataView): Size | undefined {
  if (word(view, 0, 2) !== 'BM' || view.getUint32(14, true) < 40) return undefined
  // A negative height means: from the top down.
  return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) }
}

function webpSize(view: DataView): Size | undefined {
  if (word(view, 0, 4) !== 'RIFF' || word(view, 8, 4) !== 'WEBP') return undefined
  const kind = word(view, 12, 4)
  if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (kind !== 'VP8X') return undefined
  const three = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  return { width: three(24) + 1, height: three(27) + 1 }
}

/** Walks from marker to marker up to the one that begins the frame. */
function jpegSize(view: DataView): Size | undefined {
  if (view.getUint16(0) !== 0xffd8) return undefined
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    const isFill = marker === 0xff
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += isFill ? 1 : 2 + view.getUint16(at + 2)
  }
  return undefined
}
