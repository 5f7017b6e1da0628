import type { LineKind } from '../../../shared/domain/line.ts'
import type { Settings } from '../../../shared/domain/settings.ts'

// Native words stand here and not in renderer/words, because the shell and the window never import each other.

const en = {
  newMessages: (count: number) => (count === 1 ? 'New message' : `${count} new messages`),
  newRequests: (count: number) => (count === 1 ? 'New request' : `${count} new requests`),
  asks: (name: string) => `${name} asks to be your contact`,
  unread: (count: number) => `Sightline: ${count} unread`,
  reach: {
    direct: 'Newcomers reach you directly',
    lan: 'Only people nearby reach you',
    relayed: 'Newcomers reach you by relay',
    upgrading: 'Newcomers reach you by relay',
    none: 'Newcomers cannot reach you yet',
    unknown: 'Not known yet how newcomers reach you',
  } satisfies Record<LineKind, string>,
  locked: 'Locked: nothing arrives',
  notOpen: 'Not open: nothing arrives',
  open: 'Open Sightline',
  lock: 'Lock',
  quit: 'Quit',
  staysInTray: 'Sightline keeps running in the tray. Quit from its menu or with Ctrl+Q.',
  notALink: 'That link does not lead to anybody. A link of Sightline begins with sightline://add/.',
  linkTooLong: 'That link is too long to be one of Sightline. Ask for it again.',
  menu: {
    file: 'File',
    addPerson: 'Add a person',
    settings: 'Settings',
    closeWindow: 'Close window',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    copyLink: 'Copy link address',
    paste: 'Paste',
    selectAll: 'Select all',
    view: 'View',
    larger: 'Larger',
    smaller: 'Smaller',
    actualSize: 'Actual size',
    fullScreen: 'Full screen',
    reload: 'Reload',
    developerTools: 'Developer tools',
    go: 'Go',
    chats: 'Chats',
    people: 'People',
    network: 'Network',
    help: 'Help',
    about: 'About Sightline',
  },
}

/** Every word the system shows for us: menus, tray, notifications. */
export type NativeWords = typeof en

const de: NativeWords = {
  newMessages: (count) => (count === 1 ? 'Neue Nachricht' : `${count} neue Nachrichten`),
  newRequests: (count) => (count === 1 ? 'Neue Anfrage' : `${count} neue Anfragen`),
  asks: (name) => `${name} möchte dein Kontakt werden`,
  unread: (count) => `Sightline: ${count} ungelesen`,
  reach: {
    direct: 'Neue Leute erreichen dich direkt',
    lan: 'Nur Leute in der Nähe erreichen dich',
    relayed: 'Neue Leute erreichen dich über ein Relay',
    upgrading: 'Neue Leute erreichen dich über ein Relay',
    none: 'Neue Leute erreichen dich noch nicht',
    unknown: 'Noch nicht bekannt, wie neue Leute dich erreichen',
  },
  locked: 'Gesperrt: Es kommt nichts an',
  notOpen: 'Nicht geöffnet: Es kommt nichts an',
  open: 'Sightline öffnen',
  lock: 'Sperren',
  quit: 'Beenden',
  staysInTray: 'Sightline läuft im Infobereich weiter. Beenden kannst du es in dessen Menü oder mit Strg+Q.',
  notALink: 'Dieser Link führt zu niemandem. Ein Link von Sightline beginnt mit sightline://add/.',
  linkTooLong: 'Dieser Link ist zu lang für einen von Sightline. Lass ihn dir noch einmal geben.',
  menu: {
    file: 'Datei',
    addPerson: 'Person hinzufügen',
    settings: 'Einstellungen',
    closeWindow: 'Fenster schließen',
    edit: 'Bearbeiten',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    copyLink: 'Linkadresse kopieren',
    paste: 'Einfügen',
    selectAll: 'Alles auswählen',
    view: 'Ansicht',
    larger: 'Größer',
    smaller: 'Kleiner',
    actualSize: 'Normale Größe',
    fullScreen: 'Vollbild',
    reload: 'Neu laden',
    developerTools: 'Entwicklerwerkzeuge',
    go: 'Gehe zu',
    chats: 'Chats',
    people: 'Personen',
    network: 'Netzwerk',
    help: 'Hilfe',
    about: 'Über Sightline',
  },
}

export const nativeWords: Readonly<Record<'en' | 'de', NativeWords>> = { en, de }

/** The words of the chosen language; `locale` is the system's, which counts while nothing else is chosen or known. */
export function wordsOf(language: Settings['language'] | undefined, locale: string): NativeWords {
  if (language === 'en' || language === 'de') return nativeWords[language]
  return /^de\b/i.test(locale) ? de : en
}
