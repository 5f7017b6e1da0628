/**
 * Everything that can go wrong in an expected way. `code` is stable and is turned into a sentence in renderer/words;
 * `detail` holds the exact figures or terms the sentence needs. Bugs are not here: they become `internal` with an incident id.
 */
export type FailureCode =
  // the profile
  | 'locked' // the profile is locked or still opening
  | 'already-open'
  | 'wrong-passphrase'
  | 'profile-in-use' // another process holds it
  | 'profile-damaged' // the database does not read back
  | 'profile-newer' // written by a newer version
  | 'profile-no-key' // keys.json is missing or has no slot this machine can open
  | 'keyring-changed' // the system's keyring does not open this profile any more
  | 'keyring-unavailable' // it does not answer now: locked, or its service is down
  | 'profile-unwritable'
  | 'disk-full'
  // what was typed
  | 'invalid-input'
  | 'too-long' // detail.limit, detail.unit
  | 'empty'
  | 'not-found'
  | 'not-allowed'
  // people
  | 'invite-damaged'
  | 'invite-newer'
  | 'invite-own'
  | 'invite-withdrawn'
  | 'already-contact'
  | 'blocked'
  // the network
  | 'address-invalid'
  | 'address-refused' // parsed, but never dialled: private address of a stranger, multicast, …
  | 'unreachable'
  | 'relay-full'
  | 'relay-refused'
  | 'port-taken'
  | 'too-many' // asked too often
  // the bridge
  | 'disconnected' // the window lost the messenger
  | 'internal' // a bug; detail.incident names it in the log

export interface Failure {
  readonly code: FailureCode
  readonly detail?: Readonly<Record<string, string | number>>
}

export const failure = (code: FailureCode, detail?: Failure['detail']): Failure =>
  detail === undefined ? { code } : { code, detail }
