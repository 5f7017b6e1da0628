const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const DIGIT_OF = new Map([...ALPHABET].map((letter, digit) => [letter, BigInt(digit)]))
// Peer ids are 52 letters. The conversion is quadratic, so nothing much longer is ever looked at.
const MAX_LENGTH = 128

/** Bytes as base58btc text (the alphabet of Bitcoin, without a multibase prefix). Meant for short values. */
export function encodeBase58(bytes: Uint8Array): string {
  let number = 0n
  for (const byte of bytes) number = number * 256n + BigInt(byte)
  let text = ''
  for (; number > 0n; number /= 58n) text = ALPHABET.charAt(Number(number % 58n)) + text
  let zeros = 0
  while (bytes[zeros] === 0) zeros++
  return '1'.repeat(zeros) + text
}

/** The bytes of a base58btc text, or nothing when it is not one. */
export function decodeBase58(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length > MAX_LENGTH) return undefined
  let number = 0n
  for (const letter of text) {
    const digit = DIGIT_OF.get(letter)
    if (digit === undefined) return undefined
    number = number * 58n + digit
  }
  const bytes: number[] = []
  for (; number > 0n; number /= 256n) bytes.push(Number(number % 256n))
  for (const letter of text) {
    if (letter !== '1') break
    bytes.push(0)
  }
  return Uint8Array.from(bytes.reverse())
}
