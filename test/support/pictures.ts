import { crc32, deflateSync } from 'node:zlib'
import encodeQR from 'qr'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]
const QUIET_SQUARES = 4

/** A QR code as rows of light (255) and dark (0) pixels. */
function qrRows(text: string, pixelsPerSquare: number): number[][] {
  return encodeQR(text, 'raw', { border: QUIET_SQUARES, ecc: 'low' }).flatMap((row) => {
    const pixels = row.flatMap((isDark) => new Array<number>(pixelsPerSquare).fill(isDark ? 0 : 255))
    return new Array<number[]>(pixelsPerSquare).fill(pixels)
  })
}

/** A grey PNG file. */
function png(width: number, height: number, rows: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  const pixels = deflateSync(Buffer.from(rows.flatMap((row) => [0, ...row])))
  return Uint8Array.from([
    ...SIGNATURE,
    ...chunk('IHDR', header),
    ...chunk('IDAT', pixels),
    ...chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** A picture of a QR code, as a friend would send it. */
export function qrPng(text: string, pixelsPerSquare = 6): Buffer {
  const rows = qrRows(text, pixelsPerSquare)
  return Buffer.from(png(rows.length, rows.length, rows))
}

/** A PNG whose header claims a size that it does not hold. */
export const pngOfSize = (width: number, height: number): Uint8Array<ArrayBuffer> => png(width, height, [[0]])

/** One second of a video that shows a QR code, for Chromium's stand-in camera (`--use-file-for-fake-video-capture`). */
export function qrVideo(text: string): Buffer {
  const [width, height] = [640, 480]
  const rows = qrRows(text, 4)
  const luma = Buffer.alloc(width * height, 255)
  const [left, top] = [Math.floor((width - rows.length) / 2), Math.floor((height - rows.length) / 2)]
  if (left < 0 || top < 0) throw new RangeError('the code does not fit into the video')
  for (const [y, row] of rows.entries()) luma.set(row, (top + y) * width + left)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)])
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`),
    ...new Array<Buffer>(10).fill(frame),
  ])
}
