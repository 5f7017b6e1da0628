import type { settings as english } from '../english/settings.ts'
import type { SameShape } from '../same-shape.ts'
import { count } from '../size.ts'

/** Words of the settings. */
export const settings: SameShape<typeof english> = {
  title: 'Einstellungen',
  listLabel: 'Abschnitte der Einstellungen',
  sections: {
    name: 'Name und Schlüssel',
    privacy: 'Privatsphäre',
    relays: 'Relays',
    sources: 'Netzquellen',
    notifications: 'Mitteilungen',
    appearance: 'Darstellung',
    desktop: 'Desktop-Fenster',
    about: 'Über Sightline',
  },
  sectionsAlso: {
    name: 'Profil Passphrase Passwort umbenennen Peer-ID',
    privacy: 'nur über Relay direkt gelesen tippen',
    relays: 'Server',
    sources: 'mDNS UPnP Router GossipSub ankündigen',
    notifications: 'Benachrichtigungen Ton Hinweis',
    appearance: 'Thema hell dunkel Sprache Aussehen',
    desktop: 'Infobereich schließen Hintergrund',
    about: 'Version Lizenz Tastatur Tastenkürzel',
  },
  lock: 'Sperren',
  quit: 'Beenden',
  quitTitle: 'Sightline beenden?',
  quitHint:
    'Dann erreicht dich niemand, und was du geschrieben hast, wartet, bis du es wieder startest. Dieses Fenster kannst du danach schließen.',
  quitDone: 'Sightline ist beendet. Du kannst dieses Fenster schließen.',
  name: {
    label: 'Dein Name',
    hint: 'Deine Kontakte sehen ihn neben deinem Schlüssel. Eine Änderung erreicht sie von selbst.',
    save: 'Speichern',
    saved: 'Gespeichert',
    key: 'Dein Schlüssel',
    keyHint:
      'Das bist du: Namen können gleich sein, Schlüssel nicht. Du darfst ihn allen zeigen. Seine geheime Hälfte verlässt diesen Computer nie; wer sie hätte, könnte in deinem Namen schreiben.',
    keyWhole: 'Der ganze Schlüssel (Peer-ID)',
    copy: 'Schlüssel kopieren',
    copied: 'Kopiert',
  },
  passphrase: {
    title: 'Passphrase',
    hint: 'Sie verschlüsselt deinen Schlüssel und deine Nachrichten auf diesem Computer. Niemand kann sie zurücksetzen. Lass die neue leer, um keine zu haben.',
    hintNone:
      'Dieses Profil hat keine, und sein Schlüssel liegt neben den Daten. Eine Passphrase verschlüsselt deinen Schlüssel und deine Nachrichten auf diesem Computer; niemand kann sie zurücksetzen.',
    hintKeyring:
      'Der Schlüsselbund deines Systems verwahrt den Schlüssel: Sightline öffnet sich von selbst, solange du angemeldet bist, und nur in der Desktop-App. Eine Passphrase tritt an seine Stelle: Dann fragt Sightline bei jedem Start, lässt sich sperren und öffnet sich auch im Browser. Niemand kann sie zurücksetzen.',
    noKeyring: 'Auf diesem System antwortet kein Schlüsselbund.',
    keep: 'Schlüssel in den Schlüsselbund legen',
    keepHint: 'Dann liegt er nicht mehr neben den Daten. Der Browser kann dieses Profil dann nicht mehr öffnen.',
    kept: 'Der Schlüsselbund verwahrt jetzt den Schlüssel',
    current: 'Bisherige Passphrase',
    next: 'Neue Passphrase',
    currentHint: 'Lass sie leer, wenn es keine gab.',
    change: 'Passphrase ändern',
    choose: 'Passphrase setzen',
    changed: 'Passphrase geändert',
    chosen: 'Passphrase gesetzt',
    removed: 'Passphrase entfernt',
    remove: 'Passphrase entfernen',
    removeTitle: 'Die Passphrase entfernen?',
    removeHint:
      'Dann kann, wer die Dateien dieses Computers lesen kann, deine Nachrichten lesen und in deinem Namen schreiben.',
    removeToKeyring:
      'Dann verwahrt der Schlüsselbund deines Systems den Schlüssel: Sightline öffnet sich von selbst, wenn du angemeldet bist, und lässt sich nicht mehr im Browser öffnen.',
    takes: 'Das dauert ein, zwei Sekunden.',
  },
  privacy: {
    direct: 'Wer dich direkt erreichen darf',
    directHint:
      'Eine direkte Verbindung ist schneller und hat niemanden dazwischen. Sie zeigt der Person am anderen Ende deine Internetadresse.',
    relayOnly: 'Nur über Relay',
    relayOnlyHint:
      'Mit niemandem direkt verbinden. Alles geht über ein Relay, und keine direkte Adresse von dir verlässt diesen Computer.',
    exceptions: 'Nur über Relay bei',
    exceptionsNone: 'Niemand Bestimmtem. Du kannst es für einzelne Personen in ihren Kontaktdetails wählen.',
    find: 'Wer dich finden kann',
    visible: 'In diesem Netzwerk erscheinen',
    visibleHint:
      'Leute im selben Netzwerk sehen deinen Namen und Schlüssel. Ausgeschaltet finden dich dort nur Kontakte.',
    links: 'Annehmen, wer mit meinem Link kommt',
    linksHint: 'Eine Anfrage mit einem gültigen Link von dir wird von selbst angenommen.',
    tell: 'Was Kontakte erfahren',
    read: 'Anderen sagen, was ich gelesen habe',
    readHint: 'Ausgeschaltet sehen sie „Zugestellt“ und nicht mehr.',
    typing: 'Zeigen, dass ich tippe',
    typingHint: 'Ausgeschaltet sieht es niemand.',
    leaves: 'Was diesen Computer verlässt',
    leavesHint: (connections) =>
      `Gerade: ${count(connections, 'Verbindung', 'Verbindungen')}, nur zu Kontakten, zu deinen Relays oder zu Leuten in diesem Netzwerk.`,
    leavesShow: 'Alle Verbindungen zeigen',
  },
  sources: {
    intro: 'Neben deinen Relays kann Sightline diese fragen. Jede davon verrät jemandem etwas.',
    mdns: 'Leute in diesem Netzwerk finden',
    mdnsHint:
      'Sucht Sightline im selben Netzwerk (mDNS). Alle dort können erkennen, dass du es benutzt, und deinen Schlüssel wiedererkennen, wenn du zurückkommst.',
    router: 'Meinen Router um einen offenen Port bitten',
    routerHint:
      'Mit einem offenen Port erreichen dich andere öfter direkt (UPnP). Dein Router erfährt, dass auf diesem Computer Sightline läuft, und wer den Port von außen versucht, findet ihn offen.',
    announce: 'Mich auf meinen Relays ankündigen',
    announceHint:
      'Andere, die dieselben Relays benutzen, erfahren, dass dein Schlüssel da ist, und wann (GossipSub). Deine Adresse verrät es nie.',
  },
  notifications: {
    browser: 'Mitteilungen gibt es mit dem Desktop-Fenster; eine Seite im Browser hat keine.',
    cannot: 'Dein System zeigt keine Mitteilungen von Sightline. Erlaube sie in seinen Einstellungen.',
    notify: 'Mir Neues mitteilen',
    notifyHint: 'Nachrichten und Anfragen, solange das Fenster nicht zu sehen ist.',
    text: 'Zeigen, wer was geschrieben hat',
    textHint:
      'Ausgeschaltet sagt eine Mitteilung nur, dass es Neues gibt. Wer deinen Bildschirm sieht, erfährt nicht mehr.',
  },
  desktop: {
    tray: 'Beim Schließen des Fensters im Infobereich bleiben',
    trayHint:
      'Nachrichten kommen weiter an. Ausgeschaltet beendet das Schließen des Fensters Sightline, und niemand erreicht dich.',
    noTray: 'Dein Desktop hat keinen Infobereich, deshalb beendet das Schließen des Fensters Sightline.',
  },
  relays: {
    intro:
      'Ein Relay trägt die ersten Worte, und alle, wo keine direkte Verbindung zustande kommt. Es sieht, wer mit wem spricht und wann, nie was.',
    none: 'Du kennst noch kein Relay.',
    show: 'Relays auf der Netzwerk-Seite',
  },
  appearance: {
    theme: 'Hell oder dunkel',
    themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    language: 'Sprache',
    languages: { system: 'Wie das System', en: 'English', de: 'Deutsch' },
  },
  about: {
    version: 'Version',
    what: 'Ein Messenger ohne eigene Server, der dir immer die Verbindung zwischen dir und der anderen Person zeigt.',
    profile: 'Profil',
    licence: 'Lizenz',
    licenceName: 'MIT',
    runs: 'Wie es läuft',
    runsIn: {
      electron: 'In einem eigenen Fenster. Alles, was es weiß, liegt auf diesem Computer.',
      loopback:
        'Auf diesem Computer, und zeigt sich in deinem Browser. Schließt du dieses Fenster, läuft es weiter: Andere erreichen dich noch. „Beenden“ hält es an.',
    },
    third: 'Sightline holt nichts von Dritten und meldet Dritten nichts.',
  },
}
