/** What a field that version 1 knows carries. */
export type FieldForm = 'bytes' | 'bool'

const VARINT = 0
const FIXED_64 = 1
const BYTES = 2
const FIXED_32 = 5

/**
 * Do these bytes have the form that version 1 asks of a body, with these known fields by number?
 *
 * Part of the verdict on an entry, so it is spelled out here instead of left to how forgiving a decoder is: known
 * fields at most once and with their own wire type, a bool is 0 or 1, tags and lengths have at most 32 bits and other
 * numbers at most 64, each in its shortest form, no field 0 and no groups. In any order, and with any other fields.
 */
export function hasBodyForm(body: Uint8Array, fields: ReadonlyMap<number, FieldForm>): boolean {
  const met = new Set<number>()
  let at = 0

  /** The next varint; nothing when it is cut off, longer than it has to be, or larger than so many bits. */
  function varint(bits: 32n | 64n): bigint | undefined {
    let value = 0n
    for (let length = 0n; length * 7n < bits; length++) {
      const byte = body[at++]
      if (byte === undefined) return undefined
      value |= BigInt(byte & 0x7f) << (length * 7n)
      if (byte >= 0x80) continue
      const isShortest = byte !== 0 || length === 0n
      return isShortest && value >> bits === 0n ? value : undefined
    }
    return undefined
  }

  function pass(length: number): boolean {
    at += length
    return at <= body.length
  }

  /** Steps over one value; the number, when it is a varint. */
  function value(wireType: number): bigint | boolean {
    if (wireType === VARINT) return varint(64n) ?? false
    if (wireType === FIXED_64) return pass(8)
    if (wireType === FIXED_32) return pass(4)
    if (wireType !== BYTES) return false
    const length = varint(32n)
    return length !== undefined && pass(Number(length))
  }

  while (at < body.length) {
    const tag = varint(32n)
    if (tag === undefined || tag >> 3n === 0n) return false
    const [number, wireType] = [Number(tag >> 3n), Number(tag & 7n)]
    const read = value(wireType)
    if (read === false) return false
    const form = fields.get(number)
    if (form === undefined) continue
    if (met.has(number) || wireType !== (form === 'bool' ? VARINT : BYTES)) return false
    if (typeof read === 'bigint' && read > 1n) return false
    met.add(number)
  }
  return true
}
