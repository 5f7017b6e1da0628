import { count } from '../size.ts'

/** Words of the settings. */
export const settings = {
  title: 'Settings',
  listLabel: 'Settings sections',
  sections: {
    name: 'Name and key',
    privacy: 'Privacy',
    relays: 'Relays',
    sources: 'Network sources',
    notifications: 'Notifications',
    appearance: 'Appearance',
    desktop: 'Desktop window',
    about: 'About',
  },
  /** Other words somebody may look for these with. */
  sectionsAlso: {
    name: 'profile passphrase rename peer id',
    privacy: 'relay only direct read typing',
    relays: 'server',
    sources: 'mdns upnp router gossipsub announce',
    notifications: 'sound alert',
    appearance: 'theme light dark language',
    desktop: 'tray close background',
    about: 'version licence keyboard shortcuts',
  },
  lock: 'Lock',
  quit: 'Quit',
  quitTitle: 'Quit Sightline?',
  quitHint:
    'Then nobody can reach you, and what you wrote waits until you start it again. This window can be closed afterwards.',
  quitDone: 'Sightline has stopped. You can close this window.',
  name: {
    label: 'Your name',
    hint: 'Your contacts see it beside your key. A change travels to them by itself.',
    save: 'Save',
    saved: 'Saved',
    key: 'Your key',
    keyHint:
      'This is you: names can be alike, keys cannot. You may show it to anybody. Its secret half never leaves this computer, and whoever has that half could write in your name.',
    keyWhole: 'The whole key (peer id)',
    copy: 'Copy key',
    copied: 'Copied',
  },
  passphrase: {
    title: 'Passphrase',
    hint: 'It encrypts your key and your messages on this computer. Nobody can reset it. Leave the new one empty to have none.',
    hintNone:
      'This profile has none, and its key lies beside the data. A passphrase encrypts your key and your messages on this computer; nobody can reset it.',
    hintKeyring:
      'Your system’s keyring keeps the key: Sightline opens by itself while you are logged in, and in the desktop app only. A passphrase takes its place: then Sightline asks at every start, can be locked, and opens in the browser too. Nobody can reset it.',
    noKeyring: 'No keyring answers on this system.',
    keep: 'Keep the key in the keyring',
    keepHint: 'Then it no longer lies beside the data. The browser cannot open this profile any more.',
    kept: 'The keyring keeps the key now',
    current: 'Passphrase until now',
    next: 'New passphrase',
    currentHint: 'Leave it empty if there was none.',
    change: 'Change passphrase',
    choose: 'Set passphrase',
    changed: 'Passphrase changed',
    chosen: 'Passphrase set',
    removed: 'Passphrase removed',
    remove: 'Remove passphrase',
    removeTitle: 'Remove the passphrase?',
    removeHint: 'Then whoever can read this computer’s files can read your messages and write in your name.',
    removeToKeyring:
      'Then your system’s keyring keeps the key: Sightline opens by itself for whoever is logged in as you, and can no longer be opened in the browser.',
    takes: 'This takes a second or two.',
  },
  privacy: {
    direct: 'Who may reach you directly',
    directHint:
      'A direct line is faster and has nobody in between. It shows your internet address to the person at the other end.',
    relayOnly: 'Relay only',
    relayOnlyHint:
      'Never connect directly with anyone. Everything goes through a relay, and no direct address of yours leaves this computer.',
    exceptions: 'Relay only for',
    exceptionsNone: 'Nobody in particular. You can choose it for one person, in their contact details.',
    find: 'Who can find you',
    visible: 'Appear on this network',
    visibleHint: 'People on the same network see your name and key. Off, only contacts find you there.',
    links: 'Accept who comes with my link',
    linksHint: 'A request that carries a live link of yours is accepted by itself.',
    tell: 'What contacts learn',
    read: 'Tell others what I have read',
    readHint: 'Off, they see “Delivered” and no more.',
    typing: 'Show that I am typing',
    typingHint: 'Off, nobody sees it.',
    leaves: 'What leaves this computer',
    leavesHint: (connections: number) =>
      `Right now: ${count(connections, 'connection')}, all to contacts, to your relays or to people on this network.`,
    leavesShow: 'Show every connection',
  },
  sources: {
    intro: 'Beside your relays, Sightline can ask these. Each tells somebody something.',
    mdns: 'Find people on this network',
    mdnsHint:
      'Looks for Sightline on the same network (mDNS). Everybody there can tell that you use it, and recognise your key when you come back.',
    router: 'Ask my router to open a port',
    routerHint:
      'With an open port, people reach you directly more often (UPnP). Your router learns that this computer runs Sightline, and whoever tries the port from outside finds it open.',
    announce: 'Announce myself on my relays',
    announceHint:
      'Others who use the same relays learn that your key is there, and when (GossipSub). It never tells your address.',
  },
  notifications: {
    browser: 'Notifications come with the desktop window; a page in a browser has none.',
    cannot: 'Your system does not show notifications of Sightline. Allow them in its settings.',
    notify: 'Tell me what is new',
    notifyHint: 'Messages and requests, while the window is out of sight.',
    text: 'Show who wrote and what',
    textHint: 'Off, a notification only says that something is new. Others who see your screen learn no more.',
  },
  desktop: {
    tray: 'Stay in the tray when the window is closed',
    trayHint: 'Messages still arrive. Off, closing the window quits Sightline, and nobody can reach you.',
    noTray: 'Your desktop has no tray, so closing the window quits Sightline.',
  },
  relays: {
    intro:
      'A relay carries first words, and all words where no direct line can be had. It sees who talks to whom, and when, never what.',
    none: 'You know no relay yet.',
    show: 'Relays on the Network page',
  },
  appearance: {
    theme: 'Light or dark',
    themes: { system: 'Follow the system', light: 'Light', dark: 'Dark' },
    language: 'Language',
    languages: { system: 'Follow the system', en: 'English', de: 'Deutsch' },
  },
  about: {
    version: 'Version',
    what: 'A messenger with no servers of its own, that always shows you the line between you and the other person.',
    profile: 'Profile',
    licence: 'Licence',
    licenceName: 'MIT',
    runs: 'How it runs',
    runsIn: {
      electron: 'In a window of its own. Everything it knows lies on this computer.',
      loopback:
        'On this computer, and shows itself in your browser. Closing this window does not stop it: people still reach you. “Quit” does.',
    },
    third: 'Sightline fetches nothing from, and reports nothing to, any third party.',
  },
} as const
