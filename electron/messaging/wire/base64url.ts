const SHAPE = /^[A-Za-z0-9_-]*$/

/** Bytes as base64url without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

/** The bytes of an unpadded base64url text, or nothing: there is exactly one text for each value. */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!SHAPE.test(text)) return undefined
  // Buffer ignores what it does not understand, so what it read must read back.
  const bytes = Uint8Array.from(Buffer.from(text, 'base64url'))
  return encodeBase64url(bytes) === text ? bytes : undefined
}
