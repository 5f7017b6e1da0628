import type { JudgedLink, LinkRefusal } from '../guard/link-judge.ts'

// Native words stand here and not in renderer/words, because the shell and the window never import each other.

const en = {
  link: {
    question: (host: string) => `Open ${host} in your browser?`,
    leadsTo: {
      internet: 'The site will see your IP address.',
      'local network': 'It leads to a device in your own network.',
      'this computer': 'It leads to a program on this computer.',
    } satisfies Record<JudgedLink['leadsTo'], string>,
    shownAs: (unicode: string) => `A browser may show this host as ${unicode}.`,
    mixed: 'Its letters come from several alphabets. That is how one site is made to look like another: look twice.',
    foreign: 'Letters like these can look like others. Be sure that it is the site you mean.',
    open: 'Open',
    cancel: 'Cancel',
    refused: 'This link is not opened',
    refusals: {
      insecure:
        'It begins with http: and not https:, so others on the way could read and change the page. Copy it if you want to open it all the same.',
      scheme: 'It is not an address of the web.',
      'not-an-address': 'It leads nowhere: it is not a whole address.',
      user: 'It carries a user name in front of the host. That is how a link is made to look as if it led elsewhere.',
      unreadable: 'It contains characters that cannot be seen.',
      'too-long': 'It is longer than 2,048 characters.',
    } satisfies Record<LinkRefusal, string>,
    close: 'Close',
  },
  crashed: {
    message: 'The window of Sightline keeps failing',
    detail: 'Messages go on arriving meanwhile. Nothing written is lost.',
    reload: 'Reload',
    quit: 'Quit',
  },
  stuck: {
    message: 'The window of Sightline does not answer',
    detail: 'Messages go on arriving meanwhile. Reloading loses only what is typed and not sent.',
    wait: 'Wait',
    reload: 'Reload',
  },
}

/** Every word of the shell's own dialogs. */
export type DialogWords = typeof en

const de: DialogWords = {
  link: {
    question: (host) => `${host} im Browser öffnen?`,
    leadsTo: {
      internet: 'Die Seite sieht deine IP-Adresse.',
      'local network': 'Der Link führt zu einem Gerät in deinem eigenen Netz.',
      'this computer': 'Der Link führt zu einem Programm auf diesem Computer.',
    },
    shownAs: (unicode) => `Ein Browser zeigt diesen Namen vielleicht als ${unicode}.`,
    mixed:
      'Seine Buchstaben stammen aus mehreren Alphabeten. So sieht eine Seite wie eine andere aus: Schau zweimal hin.',
    foreign: 'Solche Buchstaben können wie andere aussehen. Vergewissere dich, dass es die Seite ist, die du meinst.',
    open: 'Öffnen',
    cancel: 'Abbrechen',
    refused: 'Dieser Link wird nicht geöffnet',
    refusals: {
      insecure:
        'Er beginnt mit http: statt https:, andere auf dem Weg könnten die Seite also lesen und ändern. Kopiere ihn, wenn du ihn trotzdem öffnen willst.',
      scheme: 'Er ist keine Adresse im Web.',
      'not-an-address': 'Er führt nirgendwohin: Er ist keine ganze Adresse.',
      user: 'Vor dem Namen der Seite steht ein Benutzername. So sieht ein Link aus, als führte er woandershin.',
      unreadable: 'Er enthält Zeichen, die man nicht sieht.',
      'too-long': 'Er ist länger als 2.048 Zeichen.',
    },
    close: 'Schließen',
  },
  crashed: {
    message: 'Das Fenster von Sightline stürzt immer wieder ab',
    detail: 'Nachrichten kommen weiterhin an. Nichts Geschriebenes geht verloren.',
    reload: 'Neu laden',
    quit: 'Beenden',
  },
  stuck: {
    message: 'Das Fenster von Sightline antwortet nicht',
    detail: 'Nachrichten kommen weiterhin an. Beim Neuladen geht nur verloren, was getippt und nicht gesendet ist.',
    wait: 'Warten',
    reload: 'Neu laden',
  },
}

/** The words of the chosen language; `locale` is the system's, which counts while nothing else is chosen or known. */
export function dialogWordsOf(language: 'system' | 'en' | 'de' | undefined, locale: string): DialogWords {
  if (language === 'en' || language === 'de') return language === 'de' ? de : en
  return /^de\b/i.test(locale) ? de : en
}
