/** Bytes as lower-case hex. */
export function encodeHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** The bytes of a lower-case hex text, or nothing. */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  return /^([0-9a-f]{2})*$/.test(text) ? Uint8Array.from(Buffer.from(text, 'hex')) : undefined
}
