import type { people as english } from '../english/people.ts'
import { type AskingWords, askingSentence, type SeenWords, seenSentence } from '../people-truth.ts'
import type { SameShape } from '../same-shape.ts'
import { count, number } from '../size.ts'
import { shortTime, startOfDay } from '../time.ts'
import { scan } from './scan.ts'

const waits = 'Deine Anfrage wartet hier und wird gesendet, wenn ihr euch'
const gets = (name: string) => `${name} bekommt deinen Namen und deine Notiz.`

const askingWords: AskingWords = {
  byRelay: (name, { orNetwork, orDirect }) => {
    const network = orNetwork ? ', oder über dieses Netzwerk, wenn ihr beide darin seid' : ''
    const direct = orDirect
      ? ` Der Link enthält auch eine Internetadresse von ${name}: Wird sie angerufen, sieht ${name} deine.`
      : ''
    return `Die Anfrage geht über ein Relay aus diesem Link${network}. Das Relay erfährt deine Internetadresse und dass du mit ${name} sprechen willst. ${gets(name)}${direct}`
  },
  onMyRelay: (name) =>
    `${name} ist gerade auf einem Relay von dir, und die Anfrage geht darüber. Das Relay erfährt, dass du mit ${name} sprechen willst. ${gets(name)}`,
  relayOnlyDirect: (name) =>
    `Dieser Link enthält eine Internetadresse von ${name} und kein Relay, und „Nur über Relay“ ist an. ${waits} auf einem Relay trefft.`,
  relayOnlyNothing: (name) => `Hier steht nicht, wo ${name} zu finden ist. ${waits} auf einem Relay trefft.`,
  onNetwork: (name) =>
    `${name} ist gerade in diesem Netzwerk, und die Anfrage geht darüber. ${name} sieht deine Adresse hier, deinen Namen und deine Notiz.`,
  direct: (name) =>
    `Dieser Link enthält eine Internetadresse von ${name}. Die Anfrage ruft sie direkt an, also sieht ${name} deine Internetadresse, deinen Namen und deine Notiz.`,
  nothing: (name) =>
    `Hier steht nicht, wo ${name} zu finden ist. ${waits} in einem Netzwerk oder auf einem Relay trefft.`,
}

const seenWords: SeenWords = {
  network: (isVisible) =>
    `Ist in diesem Netzwerk und kann ${isVisible ? 'deinen Namen, deinen Schlüssel' : 'deinen Schlüssel'} und deine Adresse hier schon sehen.`,
  direct: 'Ist direkt mit dir verbunden und sieht deine Internetadresse schon.',
  relay: 'Kam über ein Relay und sieht dadurch keine Adresse von dir.',
  byLink: 'Hat deine Adresse aus jenem Link.',
  accepting: 'Annehmen zeigt deinen Namen, wann du online bist und, bei direkter Verbindung, deine Adresse.',
  acceptingRelayOnly:
    'Annehmen zeigt deinen Namen und wann du online bist, aber keine Adresse: „Nur über Relay“ ist an.',
}

/** Words of the people: contacts, requests, links. */
export const people: SameShape<typeof english> = {
  title: 'Personen',
  listLabel: 'Kontakte',
  add: 'Eine Person hinzufügen',
  addTitle: 'Personen hinzufügen',
  links: 'Meine Links',
  blocked: 'Blockiert und ignoriert',
  search: 'Personen suchen',
  contacts: 'Kontakte',
  asked: 'Angefragt',
  noContacts: 'Noch niemand. Schick jemandem deinen Link, oder füge einen ein.',
  nobodyFound: (words) => `Niemand heißt „${words}“.`,
  verified: 'geprüft',
  friendsLink: 'Ein Link, den du bekommen hast',
  linkLabel: 'Link',
  linkPlaceholder: 'sightline://add/…',
  linkHint:
    'Was dir jemand geschickt hat, oder der Text eines QR-Codes. Auch eine Peer-ID oder Multiaddr geht. Nichts wird angerufen, bevor du es sagst.',
  look: 'Ansehen',
  scan,
  ownCode: 'Dein eigener Code: Jemand neben dir scannt ihn.',
  ownCodePoor: (truth) => `Dein eigener Code: Jemand neben dir scannt ihn. ${truth}.`,
  ownCodeLink: 'Als Link kopieren',
  linkTooLong: 'Das ist viel zu lang für einen Link: Er hat höchstens 4.096 Zeichen. Füge nur den Link ein.',
  previewTitle: 'Anfrage an',
  signed: (date) => `mit diesem Schlüssel signiert am ${date}`,
  notDialled: 'noch nichts angerufen',
  previewLine: (relay, name) => `Du, ${relay === '' ? '' : `${relay}, `}${name}. Noch wurde nichts angerufen.`,
  aRelay: 'ein Relay von dort',
  asking: askingSentence(askingWords),
  known: {
    none: '',
    asked: 'Du hast diese Person schon gefragt. Die Anfrage wird von selbst wieder gesendet, bis eine Antwort kommt.',
    'asks-me': 'Diese Person hat dich schon gefragt: Senden nimmt an.',
    mutual: 'Diese Person ist schon unter deinen Kontakten.',
    ignored: 'Du hast eine Anfrage dieser Person ignoriert.',
    blocked: 'Du hast diese Person blockiert.',
  },
  noteLabel: 'Notiz',
  noteHint: (left) => `Wenn du magst. Noch ${number(left)} Zeichen.`,
  noteTooLong: (most) => `Eine Notiz hat höchstens ${most} Zeichen.`,
  openConversation: 'Unterhaltung öffnen',
  sendRequest: 'Anfrage senden',
  sent: (name) =>
    `Deine Anfrage an ${name} ist unterwegs. Sie wird von selbst wieder gesendet, bis eine Antwort kommt.`,
  accepted: (name) => `${name} hat angenommen.`,
  writeTo: (name) => `An ${name} schreiben`,
  requests: 'Anfragen',
  requestsNew: (howMany) => `${howMany} neu`,
  usedLink: (date) => `Hat deinen Link vom ${date} benutzt.`,
  usedWithdrawnLink: (date) => `Hat deinen Link vom ${date} benutzt, den du zurückgezogen hast.`,
  noLink: 'Kam ohne einen Link von dir.',
  sees: seenSentence(seenWords),
  isContactNow: 'Jetzt ein Kontakt.',
  quoted: (note) => `„${note}“`,
  looksLike: (other) => `Dieser Name ähnelt ${other}, einem deiner Kontakte. Vergleich die Schlüssel.`,
  accept: 'Annehmen',
  ignore: 'Ignorieren',
  block: 'Blockieren',
  unblock: 'Nicht mehr blockieren',
  cancel: 'Zurücknehmen',
  waitsForAnswer: 'Hat noch nicht geantwortet. Sightline fragt von selbst wieder.',
  nearby: { lan: 'In diesem Netzwerk', relay: 'Auf meinen Relays' },
  nearbyNone: ({ mdns, isVisible }) => {
    if (!mdns) return 'Sightline sucht nicht: „Leute in diesem Netzwerk finden“ ist aus.'
    return isVisible
      ? 'Gerade zeigt hier niemand Neues einen Namen. Wer gefunden werden will, schaltet „In diesem Netzwerk erscheinen“ ein; bei dir ist es an.'
      : 'Gerade zeigt hier niemand Neues einen Namen. Auch du zeigst deinen nicht: „In diesem Netzwerk erscheinen“ ist aus.'
  },
  announcedNone: ({ announce, isVisible }) => {
    if (!announce) return 'Du siehst und zeigst hier niemanden: „Mich auf meinen Relays ankündigen“ ist aus.'
    return isVisible
      ? 'Gerade ist auf deinen Relays niemand Neues angekündigt. Dazu braucht es ein Relay, das ihr beide benutzt, und denselben Schalter auf der anderen Seite.'
      : 'Gerade ist auf deinen Relays niemand Neues angekündigt. Andere sehen dort deinen Schlüssel, aber keinen Namen: „In diesem Netzwerk erscheinen“ ist aus.'
  },
  nearbySettings: (section) => `Einstellungen: ${section}`,
  nearbyFriend: 'Ein Kontakt. Nachrichten bleiben in diesem Netzwerk.',
  nearbyVia: {
    lan: 'In diesem Netzwerk gefunden. Kein Kontakt.',
    relay: 'Auf einem Relay von dir gesehen. Kein Kontakt.',
  },
  ask: 'Kontakt anfragen',
  askedNow: 'Angefragt',
  linksTitle: 'Meine Links',
  linksIntro:
    'Wer deinen Link hat, kann fragen, ob er dir schreiben darf. Er nennt dich, deinen Schlüssel und Relays, auf denen du zu finden bist.',
  yourLink: 'Dein Link',
  copyLink: 'Link kopieren',
  copied: 'Kopiert',
  copyThis: 'Kopieren',
  holds: (hasDirect, relays) => {
    const parts = [
      'deinen Namen',
      'deinen Schlüssel',
      ...(relays > 0 ? ['deine Relays'] : []),
      ...(hasDirect ? ['deine Adresse'] : []),
    ]
    return `Er enthält ${parts.slice(0, -1).join(', ')} und ${parts.at(-1)}${hasDirect ? '' : ', aber nicht deine Adresse'}.`
  },
  qrLabel: 'QR-Code deines Links',
  newLink: 'Neuen Link erstellen',
  withAddress: 'Meine IP-Adresse in den Link aufnehmen',
  withAddressHint: 'Dann können dich andere ohne Relay anrufen, und wer den Link sieht, erfährt ungefähr, wo du bist.',
  allLinks: 'Links, die du vergeben hast',
  made: (at, now) => `Erstellt ${at >= startOfDay(now) ? 'um' : 'am'} ${shortTime(at, now)}`,
  used: (times) => (times === 0 ? 'noch nicht benutzt' : `${times}-mal benutzt`),
  viaRelays: (howMany) => (howMany === 0 ? 'ohne Relay' : `mit ${count(howMany, 'Relay', 'Relays')}`),
  withDirect: 'mit deiner Adresse',
  withdrawn: 'zurückgezogen',
  withdraw: 'Zurückziehen',
  withdrawTitle: 'Diesen Link zurückziehen?',
  withdrawHint:
    'Wer ihn hat, kann dich weiter fragen, aber die Anfrage sagt, dass ihr Link zurückgezogen ist, und wird nie von selbst angenommen. Ein zurückgezogener Link lässt sich nicht zurückholen.',
  truth: {
    relay: (relays) => `Andere erreichen dich über ${relays}`,
    direct: 'Andere erreichen dich direkt',
    nearby: 'Nur Leute in diesem Netzwerk erreichen dich über diesen Link',
    nobody: 'Noch erreicht dich niemand über diesen Link',
    unknown: 'Noch nicht bekannt, wie andere dich erreichen',
    relayHint: 'Ein Relay trägt eure ersten Worte und kann sie nicht lesen. Es sieht, wer mit wem spricht und wann.',
    directHint: 'Kein Relay ist nötig. Dein Link zeigt allen, die ihn haben, deine Internetadresse.',
    nearbyHint: 'Für alle anderen muss ein Relay einen Platz für dich freihalten.',
    nobodyHint: 'Kein Relay hält einen Platz für dich frei. Das kannst du tun:',
    unknownHint: 'Sightline findet es heraus. Das dauert ein paar Sekunden.',
    and: ' und ',
  },
  wayLabel: 'Ein Link, den du bekommen hast, oder die Adresse eines Relays',
  wayHint:
    'Füge einen Link ein, den du bekommen hast, um das Relay darin zu benutzen, oder gib die Adresse eines Relays ein, das du kennst.',
  wayFirstHint:
    'Ein Link sendet der Person eine Anfrage, und das Relay darin wird auch deines. Oder gib die Adresse eines Relays ein, das du kennst.',
  wayFriendHint:
    'Die Person bekommt deinen Namen und kann annehmen. Das Relay im Link erfährt deine Internetadresse und dass ihr miteinander sprechen wollt; steht im Link eine eigene Adresse der Person, sieht sie auch deine.',
  wayUse: 'Dieses Relay benutzen',
  wayAsk: 'Anfrage senden',
  wayAgain: (time) => `Um ${time} wird es wieder versucht.`,
  wayNone: 'In diesem Link ist kein Relay. Versuch einen anderen Link, oder die Adresse eines Relays.',
  details: 'Kontaktdetails',
  knownSince: (date) => `Kontakt seit ${date}`,
  state: {
    none: 'Kein Kontakt',
    asked: 'Angefragt, noch keine Antwort',
    'asks-me': 'Möchte dein Kontakt werden',
    mutual: '',
    ignored: 'Ignoriert',
    blocked: 'Blockiert',
  },
  gone: 'Diese Person ist nicht hier.',
  key: 'Schlüssel',
  copyKey: 'Schlüssel kopieren',
  ownNameLabel: 'Name, den du gibst',
  ownNameHint: (chosen) => `Statt „${chosen}“, nur auf diesem Computer. Leer: der selbst gewählte Name.`,
  save: 'Speichern',
  saved: 'Gespeichert',
  line: 'Verbindung',
  relayOnly: 'Nur über Relay',
  relayOnlyHint: (name) =>
    `Nie direkt mit ${name} verbinden, damit ${name} deine Internetadresse nicht erfährt. Alles geht über ein Relay.`,
  relayOnlyAll: '„Nur über Relay“ ist für alle an, in den Einstellungen.',
  safety: 'Sicherheitsnummer',
  safetyHint: (name) =>
    `Vergleich diese Ziffern mit ${name}, nebeneinander oder am Telefon. Sind sie gleich, steht niemand zwischen euch.`,
  safetyCode: 'QR-Code eurer Sicherheitsnummer',
  scanTheirs: (name) => `Code von ${name} scannen`,
  scanTheirsHint: (name) =>
    `${name} öffnet deine Kontaktdetails und zeigt den Code unter „Sicherheitsnummer“. Nimm ihn vom Bildschirm neben dir, oder von einem Bild, das auf anderem Weg als über Sightline kam.`,
  safetySame: (name) => `Die Nummern sind gleich. Niemand steht zwischen dir und ${name}.`,
  safetyDiffers: (name) =>
    `Diese Nummer stimmt nicht überein. Vergewissere dich, dass ${name} den Code unter deinem Namen zeigt, nicht unter einem anderen. Stimmt sie dann noch nicht, steht vielleicht jemand zwischen euch: Schreib hier nichts Privates.`,
  markVerified: 'Sie sind gleich',
  unmarkVerified: 'Nicht mehr geprüft',
  isVerified: (name) => `Du hast ${name} geprüft.`,
  unblockHint: (name) => `${name} kann dir nicht schreiben und hat davon nichts erfahren.`,
  blockTitle: (name) => `${name} blockieren?`,
  blockHint: (name) =>
    `${name} kann dir nicht mehr schreiben und erfährt nicht, warum. Du kannst das unter „Blockiert und ignoriert“ rückgängig machen.`,
  hiddenHint: {
    blocked: 'Kann dir nicht schreiben und hat davon nichts erfahren.',
    ignored: 'Die Anfragen liegen hier. Davon hat niemand erfahren, und du kannst sie noch annehmen.',
  },
  noBlocked: 'Du hast niemanden blockiert oder ignoriert.',
}
