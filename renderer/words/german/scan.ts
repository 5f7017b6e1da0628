import type { Code, scan as english } from '../english/scan.ts'
import type { SameShape } from '../same-shape.ts'

const opened = 'Nichts wurde geöffnet.'

const kinds: Readonly<Record<Exclude<Code['kind'], 'link' | 'safety' | 'web'>, string>> = {
  'safety-newer': 'Dieser Code stammt von einem neueren Sightline. Aktualisiere dieses hier, um ihn zu lesen.',
  wifi: `Dieser Code ist der Schlüssel eines WLANs. ${opened}`,
  card: `Dieser Code ist eine Visitenkarte. ${opened}`,
  mail: `Dieser Code ist eine E-Mail-Adresse. ${opened}`,
  phone: `Dieser Code ist eine Telefonnummer. ${opened}`,
  place: `Dieser Code ist ein Ort auf der Karte. ${opened}`,
  program: `Dieser Code ist ein Link für ein anderes Programm. ${opened}`,
  text: `Dieser Code enthält irgendeinen Text. ${opened}`,
}

/** What a code is, when it is not what was looked for. */
function other(code: Exclude<Code, { kind: 'link' | 'safety' }>): string {
  return code.kind === 'web' ? `Dieser Code ist eine Web-Adresse (${code.host}). ${opened}` : kinds[code.kind]
}

/** Words of reading a QR code. */
export const scan: SameShape<typeof english> = {
  open: 'QR-Code scannen',
  linkTitle: 'Den Code einer anderen Person scannen',
  linkHint: 'Von einem Bild davon oder mit der Kamera. Nichts wird angerufen, bevor du es sagst.',
  drop: 'Leg hier ein Bild ab, füge eines ein, oder',
  choose: 'Bild wählen',
  looking: 'Ein Code wird gesucht',
  nothing: {
    done: 'In diesem Bild ist kein QR-Code, oder es ist zu unscharf. Versuch es mit einem schärferen oder näheren.',
    unreadable: 'Dieses Bild lässt sich nicht lesen: Es ist beschädigt oder abgeschnitten.',
    'too-slow': 'Dieses Bild zu lesen, dauert zu lange. Schneide den Teil mit dem Code aus.',
  },
  refused: {
    'not-a-picture': 'Das ist kein Bild, das Sightline liest. Es liest PNG, JPEG, WebP, GIF und BMP.',
    'too-large':
      'Dieses Bild ist zu groß: 64 Millionen Bildpunkte und 40 MB sind das Höchste. Schneide den Teil mit dem Code aus.',
  },
  cameraStart: 'Kamera benutzen',
  cameraStop: 'Kamera ausschalten',
  cameraLabel: 'Was die Kamera sieht',
  camera: {
    off: '',
    asking: 'Auf die Kamera wird gewartet. Vielleicht fragt dich dein System zuerst.',
    on: 'Halt den Code vor die Kamera.',
    away: 'Die Kamera wurde ausgeschaltet: Dieses Fenster war eine Minute lang nicht in Gebrauch.',
    refused:
      'Sightline darf die Kamera nicht benutzen. Erlaube es in den Einstellungen deines Systems oder Browsers, oder wähl stattdessen ein Bild.',
    absent: 'Hier gibt es keine Kamera. Wähl stattdessen ein Bild des Codes.',
    'in-use': 'Ein anderes Programm benutzt die Kamera. Schließ sie dort und versuch es noch einmal.',
    gone: 'Die Kamera ist weg. Steck sie wieder ein, oder wähl stattdessen ein Bild.',
    failed: 'Die Kamera liefert kein Bild. Versuch es noch einmal, oder wähl stattdessen ein Bild.',
  },
  noLink: (code) =>
    code.kind === 'safety'
      ? 'Das ist eine Sicherheitsnummer, kein Link. Sie wird auf der Seite des Kontakts verglichen, zu dem sie gehört.'
      : `${other(code)} Ein Link von Sightline beginnt mit sightline://add/.`,
  noSafety: (code, name) =>
    code.kind === 'link'
      ? `Das ist ein Link, keine Sicherheitsnummer. ${name} findet die Nummer unter deinem Namen, in den Kontaktdetails.`
      : `${other(code)} Er ist keine Sicherheitsnummer.`,
}
