/** Ids are hex outside the database and bytes inside: half the room. */
export const toBlob = (hex: string): Uint8Array => Buffer.from(hex, 'hex')
/** The hex of a blob. */
export const toHex = (blob: Uint8Array): string =>
  Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength).toString('hex')
