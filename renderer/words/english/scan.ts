/** What the text of a QR code turns out to be. Nothing of it is opened, whatever it is. */
export type Code =
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'safety'; readonly digits: string }
  | { readonly kind: 'web'; readonly host: string }
  | { readonly kind: 'safety-newer' | 'wifi' | 'card' | 'mail' | 'phone' | 'place' | 'program' | 'text' }

/** Why a picture is not even opened. */
export type PictureRefusal = 'not-a-picture' | 'too-large'

/** Why there is no picture from a camera. */
export type CameraFailure = 'refused' | 'absent' | 'in-use' | 'gone' | 'failed'

/** Where the camera stands: it runs from a press until it is stopped, and says why when it does not run. */
export type CameraState = 'off' | 'asking' | 'on' | 'away' | CameraFailure

const opened = 'Nothing was opened.'

const kinds: Readonly<Record<Exclude<Code['kind'], 'link' | 'safety' | 'web'>, string>> = {
  'safety-newer': 'This code was made by a newer Sightline. Update this one to read it.',
  wifi: `This code is the key of a wireless network. ${opened}`,
  card: `This code is a business card. ${opened}`,
  mail: `This code is an e-mail address. ${opened}`,
  phone: `This code is a phone number. ${opened}`,
  place: `This code is a place on the map. ${opened}`,
  program: `This code is a link for another program. ${opened}`,
  text: `This code holds some text. ${opened}`,
}

/** What a code is, when it is not what was looked for. */
function other(code: Exclude<Code, { kind: 'link' | 'safety' }>): string {
  return code.kind === 'web' ? `This code is a web address (${code.host}). ${opened}` : kinds[code.kind]
}

const camera: Readonly<Record<CameraState, string>> = {
  off: '',
  asking: 'Waiting for the camera. Your system may ask you first.',
  on: 'Hold the code in front of the camera.',
  away: 'The camera was switched off: this window was out of use for a minute.',
  refused:
    'Sightline may not use the camera. Allow it in your system’s or browser’s settings, or choose a picture instead.',
  absent: 'There is no camera here. Choose a picture of the code instead.',
  'in-use': 'Another program uses the camera. Close it there, then try again.',
  gone: 'The camera is gone. Plug it in again, or choose a picture instead.',
  failed: 'The camera gives no picture. Try again, or choose a picture instead.',
}

const refused: Readonly<Record<PictureRefusal, string>> = {
  'not-a-picture': 'This is not a picture Sightline reads. It reads PNG, JPEG, WebP, GIF and BMP.',
  'too-large':
    'This picture is too large to open: 64 million pixels and 40 MB are the most. Cut out the part with the code.',
}

/** Words of reading a QR code. */
export const scan = {
  open: 'Scan a QR code',
  linkTitle: 'Scan a friend’s code',
  linkHint: 'From a picture of it, or with the camera. Nothing is called before you say so.',
  drop: 'Drop a picture here, paste one, or',
  choose: 'Choose a picture',
  looking: 'Looking for a code',
  nothing: {
    done: 'There is no QR code in this picture, or it is too blurred. Try a sharper or closer one.',
    unreadable: 'This picture cannot be read: it is damaged or cut off.',
    'too-slow': 'This picture takes too long to read. Cut out the part with the code.',
  },
  refused,
  cameraStart: 'Use the camera',
  cameraStop: 'Switch the camera off',
  cameraLabel: 'What the camera sees',
  camera,
  noLink: (code: Exclude<Code, { kind: 'link' }>) =>
    code.kind === 'safety'
      ? 'This is a safety number, not a link. It is compared on the page of the contact it belongs to.'
      : `${other(code)} A Sightline link begins with sightline://add/.`,
  noSafety: (code: Exclude<Code, { kind: 'safety' }>, name: string) =>
    code.kind === 'link'
      ? `This is a link, not a safety number. ${name} finds the number under your name, in the contact details.`
      : `${other(code)} It is not a safety number.`,
} as const
