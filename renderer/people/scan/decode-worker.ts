import { decodeQR } from 'qr/decode.js'
import type { Job, Seen } from './decoder.ts'

// Runs beside the page, so that a large picture or a hard one never holds up a key press.

// Small codes in large photographs need the large size; blurred ones are found in the small one.
const PICTURE_EDGES_PIXELS = [2048, 1024, 4096]
const FRAME_EDGES_PIXELS = [1280]
const RETRIES_MS = 1_500

self.onmessage = async ({ data }: MessageEvent<Job>) => {
  const seen = await look(data.picture)
  self.postMessage({ id: data.id, seen })
}

async function look(picture: Blob | ImageBitmap): Promise<Seen> {
  const isFrame = picture instanceof ImageBitmap
  try {
    const bitmap = isFrame ? picture : await createImageBitmap(picture)
    try {
      return { kind: 'done', text: textIn(bitmap, isFrame ? FRAME_EDGES_PIXELS : PICTURE_EDGES_PIXELS) }
    } finally {
      bitmap.close()
    }
  } catch {
    // Not what its first bytes claim.
    return { kind: 'unreadable' }
  }
}

/** The first code found at one of these sizes; each size is tried once. */
function textIn(bitmap: ImageBitmap, edges: readonly number[]): string | undefined {
  const tried = new Set<number>()
  for (const edge of edges) {
    const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height))
    if (tried.has(scale)) continue
    tried.add(scale)
    const width = Math.max(1, Math.round(bitmap.width * scale))
    const height = Math.max(1, Math.round(bitmap.height * scale))
    const drawing = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
    if (drawing === null) return undefined
    // What is see-through in a picture is white on most screens.
    drawing.fillStyle = '#fff'
    drawing.fillRect(0, 0, width, height)
    drawing.drawImage(bitmap, 0, 0, width, height)
    try {
      return decodeQR(drawing.getImageData(0, 0, width, height), { timeLimit: RETRIES_MS })
    } catch {
      // No code at this size.
    }
  }
  return undefined
}
