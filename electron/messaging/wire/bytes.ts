/** Do two byte strings hold the same? Not constant-time: for ids and hashes, not for secrets. */
export function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
