import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

const CIPHERS = /^(aes-(128|192|256)-(cbc|ctr|ecb|gcm|ofb|cfb)|des-.*|rc2-cbc|rc4)$/i
const ABSENT = ['argon2', 'argon2Sync', 'encapsulate', 'decapsulate'] as const

/** Electron carries BoringSSL, not OpenSSL: what fails there fails here (github.com/electron/electron/issues/24024). */
export function likeBoringSsl(): void {
  for (const name of ['createCipheriv', 'createDecipheriv'] as const) {
    // Called with what the overloads of its own type allow.
    const original = crypto[name] as unknown as (...given: unknown[]) => unknown
    replace(name, (cipher: unknown, ...rest: unknown[]) => {
      if (!CIPHERS.test(String(cipher))) throw new Error('Unknown cipher')
      return original(cipher, ...rest)
    })
  }
  const known = crypto.getCiphers().filter((cipher) => CIPHERS.test(cipher))
  replace('getCiphers', () => known)
  for (const name of ABSENT) {
    replace(name, () => {
      throw new Error(`stand-in: crypto.${name} is not in BoringSSL`)
    })
  }
  syncBuiltinESMExports()
}

function replace(name: string, value: (...given: never[]) => unknown): void {
  Object.defineProperty(crypto, name, { value, configurable: true, writable: true })
}
