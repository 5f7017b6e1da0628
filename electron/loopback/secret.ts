import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits, in characters that need no escaping in links and cookies. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** Compares in a time that depends on neither value: the hashes are always of one length. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected)) && expected !== ''
}
