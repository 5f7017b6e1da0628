import type { firstRun as english } from '../english/first-run.ts'
import type { SameShape } from '../same-shape.ts'
import { number } from '../size.ts'

/** Words of the first minutes, and of the lock. */
export const firstRun: SameShape<typeof english> = {
  step: (now, all) => `Schritt ${now} von ${all}`,
  next: 'Weiter',
  show: 'Zeigen, was ich tippe',
  hide: 'Verbergen, was ich tippe',
  you: 'du',
  aRelay: 'ein Relay',
  aFriend: 'jemand',
  onWifi: 'in deinem Netzwerk',
  stage: 'Du am einen Ende; die Verbindung zu jemandem nimmt mit deinen Antworten Gestalt an',
  passphrase: {
    title: 'Wähl eine Passphrase.',
    intro:
      'Sie verschlüsselt deinen Schlüssel und deine Nachrichten auf diesem Computer. Niemand kann sie zurücksetzen; schreib sie dort auf, wo du solche Dinge aufbewahrst.',
    label: 'Passphrase',
    again: 'Noch einmal dieselbe',
    differs: 'Die beiden sind noch nicht gleich.',
    emptyHint:
      'Du darfst sie leer lassen. Dann kann, wer die Dateien dieses Computers lesen kann, deine Nachrichten lesen und in deinem Namen schreiben.',
    noKeyring:
      'Auf diesem System antwortet kein Schlüsselbund, also kann nichts deinen Schlüssel für dich verwahren: Wähl eine Passphrase, sonst liegt der Schlüssel neben den Daten.',
    emptyAsksKeyring: 'Du darfst sie leer lassen. Dann fragt Sightline den Schlüsselbund noch einmal.',
    shortHint: 'Vier oder fünf Wörter, die nicht zusammengehören, sind schwer zu erraten und leicht zu merken.',
    makes: 'Deinen Schlüssel zu erzeugen, dauert ein, zwei Sekunden.',
  },
  name: {
    title: 'Wie sollen dich andere nennen?',
    label: 'Dein Name',
    hint: 'Deine Kontakte sehen ihn neben deinem Schlüssel',
    hintEnd: ', den dieser Computer gerade erzeugt hat. Ein Konto gibt es nicht.',
    visible:
      'Auch Leute in diesem Netzwerk sehen ihn, bis du „In diesem Netzwerk erscheinen“ in den Einstellungen ausschaltest.',
    tooLong: (characters, most) => `${number(characters)} Zeichen: Ein Name hat höchstens ${most}.`,
    tooManyBytes: (bytes, most) =>
      `Dieser Name braucht ${bytes} Byte und darf ${most} brauchen. Buchstaben außerhalb des lateinischen Alphabets brauchen je zwei bis vier.`,
    left: (howMany) => `Noch ${number(howMany)} Zeichen.`,
  },
  link: {
    title: 'Jetzt findet einander.',
    intro: 'Schick deinen Link jemandem, den du kennst, oder füge den ein, den du bekommen hast.',
    open: 'Chats öffnen',
  },
  lock: {
    title: 'Sightline ist gesperrt',
    intro: (profile) => `Das Profil „${profile}“ öffnet sich mit seiner Passphrase.`,
    label: 'Passphrase',
    unlock: 'Entsperren',
    opening: 'Das Öffnen dauert ein, zwei Sekunden.',
    offline: 'Solange es gesperrt ist, bist du offline: Niemand erreicht dich.',
  },
  opening: 'Dein Profil wird geöffnet',
  keyringAsks: 'Wenn dein System dich bittet, seinen Schlüsselbund zu entsperren, tu es: Sightline wartet darauf.',
  connecting: 'Sightline wird gesucht',
  noKey: {
    title: 'Dieser Tab kam nicht über den Link',
    said: 'Nur ein Tab, der über Sightlines eigenen Link geöffnet wurde, darf deine Nachrichten zeigen. Geh zu jenem Tab zurück, oder starte npm start noch einmal: Es öffnet einen frischen Link.',
  },
  failed: {
    title: 'Dein Profil ließ sich nicht öffnen',
    copy: (when) =>
      `Es gibt eine gute Kopie: ${when}. Sie zu öffnen, behält die beschädigte Datenbank daneben; Nachrichten seitdem kommen von deinen Kontakten zurück.`,
    copyHint: 'Lass sie leer, wenn dieses Profil keine hat.',
    copyOpen: 'Kopie öffnen',
    kept: 'Nichts wurde gelöscht oder geändert.',
    again: 'Noch einmal versuchen',
  },
}
