/** A square picture as a PNG file. */
export interface SquarePng {
  readonly size: number
  readonly png: Buffer
}

/** Sizes of a Windows icon. */
export const ICO_SIZES = [16, 20, 24, 32, 48, 64, 128, 256] as const

/** An `.ico` file with PNG entries, which Windows reads since Vista. */
export function icoFile(pictures: readonly SquarePng[]): Buffer {
  const header = Buffer.alloc(6)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = 6 + 16 * pictures.length
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16)
    // 0 stands for 256.
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)])
}

/** Kinds of entries of an Apple icon that hold a PNG, and the side of each in pixels. */
export const ICNS_KINDS = {
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
} as const

/** An `.icns` file with a PNG for each kind. */
export function icnsFile(pictures: readonly SquarePng[]): Buffer {
  const entries = Object.entries(ICNS_KINDS).map(([kind, wanted]) => {
    const picture = pictures.find(({ size }) => size === wanted)
    if (picture === undefined) throw new Error(`no picture of ${wanted} pixels`)
    return Buffer.concat([Buffer.from(kind), length(8 + picture.png.length), picture.png])
  })
  const body = Buffer.concat(entries)
  return Buffer.concat([Buffer.from('icns'), length(8 + body.length), body])
}

function length(bytes: number): Buffer {
  const field = Buffer.alloc(4)
  field.writeUInt32BE(bytes)
  return field
}
