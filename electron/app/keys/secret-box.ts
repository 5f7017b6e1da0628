/**
 * What the system keeps for the person who is logged in: a keyring. The desktop app has one to offer (Electron's
 * safeStorage); the loopback shell has none.
 */
export interface SecretBox {
  /** False where sealing would not protect anything, as on a Linux without a keyring. One may come while the program runs. */
  isPresent(): Promise<boolean>
  /** Rejects when the keyring does not answer now. Like every call here it is bounded, but may wait for a person to unlock. */
  seal(secret: Uint8Array): Promise<Uint8Array>
  /** Never rejects. */
  open(sealed: Uint8Array): Promise<Opened>
}

export type Opened =
  | {
      readonly is: 'secret'
      readonly secret: Uint8Array
      /** The system changed its own key: seal it again. */
      readonly isStale: boolean
    }
  /** The keyring does not know this any more: another machine, another person, a keyring made anew. */
  | { readonly is: 'changed' }
  /** Locked, or its service is down: asking again later may succeed. */
  | { readonly is: 'unavailable' }
