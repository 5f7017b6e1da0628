/** Words of the settings. */
export const settings = {
  title: 'Settings',
  listLabel: 'Settings sections',
  sections: {
    name: 'Name and key',
    privacy: 'Privacy',
    relays: 'Relays',
    appearance: 'Appearance',
    about: 'About',
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
    keyHint: 'This is you: names can be alike, keys cannot.',
    copy: 'Copy key',
    copied: 'Copied',
  },
  passphrase: {
    title: 'Passphrase',
    hint: 'It encrypts your key and your messages on this computer. Nobody can reset it. Leave the new one empty to have none.',
    current: 'Passphrase until now',
    next: 'New passphrase',
    change: 'Change passphrase',
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
    mdns: 'Find people on this network',
    mdnsHint: 'Looks for Sightline on the same network (mDNS), and shows a number that stays the same there.',
    visible: 'Appear on this network',
    visibleHint: 'People on the same network see your name and key. Off, only contacts find you there.',
    announce: 'Announce myself on my relays',
    announceHint: 'Tells others on the relays you use that your key is there (GossipSub). It never tells your address.',
    links: 'Accept who comes with my link',
    linksHint: 'A request that carries a live link of yours is accepted by itself.',
    router: 'Ask my router to open a port',
    routerHint: 'With an open port, people reach you directly more often (UPnP).',
    tell: 'What contacts learn',
    read: 'Tell others what I have read',
    readHint: 'Off, they see “Delivered” and no more.',
    typing: 'Show that I am typing',
    typingHint: 'Off, nobody sees it.',
    leaves: 'What leaves this computer',
    leavesHint: (connections: string) =>
      `Right now: ${connections}, all to contacts, to your relays or to people on this network.`,
    leavesShow: 'Show every connection',
  },
  relays: {
    intro:
      'A relay carries first words, and all words where no direct line can be had. It sees who talks to whom, and when, never what.',
    show: 'Relays on the Network page',
  },
  appearance: {
    theme: 'Light or dark',
    themes: { system: 'Follow the system', light: 'Light', dark: 'Dark' },
  },
  about: {
    version: 'Version',
    what: 'A messenger with no servers of its own, that always shows you the line between you and the other person.',
    profile: 'Profile',
    browserTitle: 'In your browser',
    browser:
      'Sightline runs on this computer and shows itself in your browser. Closing this window does not stop it: people still reach you. “Quit” does.',
    third: 'Nothing is fetched from, or reported to, anybody else.',
  },
} as const
