import type { FailureCode } from '../../../shared/contract/failures.ts'

/** The failures whose sentence depends on what else is known of them. */
export type DetailedCode = 'profile-no-key' | 'too-long' | 'not-allowed' | 'invite-damaged' | 'internal'

/** One sentence or two for each failure: what happened, then what helps. A missing code does not compile. */
const plain: Readonly<Record<Exclude<FailureCode, DetailedCode>, string>> = {
  locked: 'This profile is locked. Unlock it first.',
  'already-open': 'This profile is open already.',
  'wrong-passphrase': 'That passphrase does not open this profile. Look at upper and lower case, and try again.',
  'profile-in-use': 'This profile is open in another Sightline. Use that window, or quit it and try again.',
  'profile-damaged': 'The database of this profile cannot be read, so Sightline did not touch it.',
  'profile-newer': 'This profile was written by a newer Sightline. Update this one to open it.',
  'keyring-changed':
    'Your system’s keyring no longer opens this profile: the keyring was made anew, or the profile comes from another computer or login. Bring the old keyring back, or open the profile where it was made.',
  'keyring-unavailable':
    'Your system’s keyring does not answer. Unlock it and try again; if it still does not, quit Sightline and start it again.',
  'profile-unwritable':
    'Sightline may not write to this profile’s folder. Give your user the right to write there, then start again.',
  'disk-full': 'The disk is full, so nothing more can be stored. Free at least 20 MB and try again.',
  'invalid-input': 'Sightline cannot read this. Look it over and try again.',
  empty: 'There is nothing here yet. Write something first.',
  'not-found': 'This is not here any more. It may have been removed meanwhile.',
  'invite-newer': 'This link was made by a newer Sightline. Update this one to read it.',
  'invite-own': 'This is your own link. Send it to a friend, and paste theirs here.',
  'invite-withdrawn': 'This link was withdrawn by the person who made it. Ask for a new one.',
  'already-contact': 'This person is among your contacts already.',
  blocked: 'You blocked this person. Unblock them first, under People.',
  'address-invalid':
    'This is not an address Sightline knows. It begins with /ip4, /ip6 or /dns and ends with a peer id.',
  'address-refused':
    'Sightline does not call this address: it points into a private network or to nobody in particular.',
  unreachable: 'Nobody answered there. Sightline tries again by itself.',
  'relay-full': 'This relay has no free place. Try later, or add another relay.',
  'relay-refused': 'This relay said no. It may serve its own members only; ask the person who runs it.',
  'port-taken': 'Another program uses this port. Quit it, or start Sightline with another one.',
  'too-many': 'That was asked too often in a short time. Wait a minute and try again.',
  disconnected: 'This window has lost Sightline. It connects again by itself; then try once more.',
}

/** Why something did not work. */
export const failures = {
  plain,
  noKey: {
    keyring:
      'This profile is locked with your system’s keyring: open it in the desktop app, or choose a passphrase there to open it in the browser too.',
    other:
      'No key on this computer opens this profile: its key file is missing or was made elsewhere. Put keys.json back beside the database.',
  },
  tooLong: {
    most: (most: string) => `This is too long. It may hold ${most} at most.`,
    shorten: 'This is too long. Shorten it and try again.',
    characters: (howMany: string, unit?: string) => `${howMany} ${unit ?? 'characters'}`,
  },
  notAllowed: {
    noPassphrase:
      'This profile has no passphrase, so locking would keep nobody out. Choose one under “Name and key” first.',
    profileExists: 'There is a profile here already. Open that one, or start with another name.',
    relayOfContact: 'This relay belongs to a contact and goes with them. Remove the contact to remove it.',
    other: 'This cannot be done here.',
  },
  inviteDamaged: {
    noLink: 'This is not a Sightline link: one begins with sightline://add/. Paste the whole link a friend sent you.',
    other: 'This link is damaged or cut off. Ask for it again, or for the QR code.',
  },
  internal: 'Something went wrong inside Sightline, and nothing was changed.',
  incident: (incident: string) =>
    `Something went wrong inside Sightline, and nothing was changed. The log calls it ${incident}.`,
} as const
