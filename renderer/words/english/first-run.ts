import { count } from '../size.ts'

/** Words of the first minutes, and of the lock. */
export const firstRun = {
  step: (now: number, all: number) => `Step ${now} of ${all}`,
  next: 'Continue',
  show: 'Show what I type',
  hide: 'Hide what I type',
  you: 'you',
  aRelay: 'a relay',
  aFriend: 'a friend',
  onWifi: 'on your network',
  stage: 'You at one end; the line to a friend takes shape with your answers',
  passphrase: {
    title: 'Choose a passphrase.',
    intro:
      'It encrypts your key and your messages on this computer. Nobody can reset it, so write it down where you keep such things.',
    label: 'Passphrase',
    again: 'The same once more',
    differs: 'The two are not the same yet.',
    emptyHint:
      'You may leave it empty. Then whoever can read this computer’s files can read your messages and write in your name.',
    noKeyring:
      'No keyring answers on this system, so nothing can keep your key for you: choose a passphrase, or the key lies beside the data.',
    emptyAsksKeyring: 'You may leave it empty. Then Sightline asks the keyring once more.',
    shortHint: 'Four or five words that do not belong together are hard to guess and easy to keep in mind.',
    makes: 'Making your key takes a second or two.',
  },
  name: {
    title: 'What should people call you?',
    label: 'Your name',
    hint: 'Your contacts see it beside your key',
    hintEnd: ', which this computer has just made. There is no account.',
    visible: 'People on this network see it too, until you switch off “Appear on this network” in Settings.',
    tooLong: (characters: number, most: number) => `${count(characters, 'character')}: a name has ${most} at most.`,
    tooManyBytes: (bytes: number, most: number) =>
      `This name takes ${bytes} bytes, and may take ${most}. Letters outside the Latin alphabet take two to four each.`,
    left: (howMany: number) => `${count(howMany, 'character')} left.`,
  },
  link: {
    title: 'Now find each other.',
    intro: 'Send your link to a friend, or paste the one you were given.',
    open: 'Open chats',
  },
  lock: {
    title: 'Sightline is locked',
    intro: (profile: string) => `The profile “${profile}” opens with its passphrase.`,
    label: 'Passphrase',
    unlock: 'Unlock',
    opening: 'Opening takes a second or two.',
    offline: 'While locked you are offline: nobody can reach you.',
  },
  opening: 'Opening your profile',
  keyringAsks: 'If your system asks you to unlock its keyring, do so: Sightline waits for it.',
  connecting: 'Looking for Sightline',
  noKey: {
    title: 'This tab did not come in by the link',
    said: 'Only a tab that was opened by Sightline’s own link may show your messages. Go back to that tab, or run npm start again: it opens a fresh link.',
  },
  failed: {
    title: 'Your profile could not be opened',
    copy: (when: string) =>
      `There is a good copy of ${when}. Opening it keeps the damaged database beside it; messages since then come back from your contacts.`,
    copyHint: 'Leave it empty if this profile has none.',
    copyOpen: 'Open the copy',
    kept: 'Nothing was deleted or changed.',
    again: 'Try again',
  },
} as const
