import { randomBytes } from 'node:crypto'
import type { SecretBox } from '../../electron/app/keys/secret-box.ts'

/** A keyring to be turned by hand, behind the app's own interface. */
export interface TestKeyring extends SecretBox {
  state: 'there' | 'absent' | 'locked'
  /** The system has a newer key: what was sealed before wants to be sealed again. */
  renew(): void
  /** The keyring was made anew: it knows nothing that was sealed before. */
  forget(): void
  /** Runs before each answer of `open`. */
  beforeOpen: () => void
  /** It seals what it cannot open again. */
  isBroken: boolean
  opens: number
}

export function testKeyring(): TestKeyring {
  const known = new Map<string, { readonly secret: Uint8Array; isStale: boolean }>()
  return {
    state: 'there',
    beforeOpen: () => undefined,
    isBroken: false,
    opens: 0,
    renew() {
      for (const entry of known.values()) entry.isStale = true
    },
    forget: () => known.clear(),
    async isPresent() {
      return this.state !== 'absent'
    },
    async seal(secret) {
      if (this.state !== 'there') throw new Error('the keyring does not answer')
      const sealed = new Uint8Array(randomBytes(16))
      if (!this.isBroken) known.set(sealed.toString(), { secret: secret.slice(), isStale: false })
      return sealed
    },
    async open(sealed) {
      this.opens += 1
      this.beforeOpen()
      if (this.state !== 'there') return { is: 'unavailable' }
      const entry = known.get(sealed.toString())
      return entry === undefined ? { is: 'changed' } : { is: 'secret', ...entry, secret: entry.secret.slice() }
    },
  }
}
