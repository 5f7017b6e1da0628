import { type AskingWords, askingSentence, type Findable, type SeenWords, seenSentence } from '../people-truth.ts'
import { count } from '../size.ts'
import { shortTime, startOfDay } from '../time.ts'
import { scan } from './scan.ts'

const waits = 'Your request waits here and is sent when you two meet'
const gets = (name: string) => `${name} gets your name and your note.`

const askingWords: AskingWords = {
  byRelay: (name, { orNetwork, orDirect }) => {
    const network = orNetwork ? ', or over this network if you are both on it' : ''
    const direct = orDirect
      ? ` The link holds an internet address of ${name} as well: if that is called, ${name} sees yours.`
      : ''
    return `Asking goes through a relay from this link${network}. The relay learns your internet address and that you want to talk with ${name}. ${gets(name)}${direct}`
  },
  onMyRelay: (name) =>
    `${name} is on a relay of yours right now, and asking goes through it. The relay learns that you want to talk with ${name}. ${gets(name)}`,
  relayOnlyDirect: (name) =>
    `This link holds an internet address of ${name} and no relay, and “Relay only” is on. ${waits} on a relay.`,
  relayOnlyNothing: (name) => `This does not say where ${name} can be found. ${waits} on a relay.`,
  onNetwork: (name) =>
    `${name} is on this network right now, and asking goes over it. ${name} sees your address here, your name and your note.`,
  direct: (name) =>
    `This link holds an internet address of ${name}. Asking calls it directly, so ${name} sees your internet address, your name and your note.`,
  nothing: (name) => `This does not say where ${name} can be found. ${waits}, on one network or on a relay.`,
}

const seenWords: SeenWords = {
  network: (isVisible) =>
    `Is on this network, and can see your ${isVisible ? 'name, key' : 'key'} and address here already.`,
  direct: 'Is connected with you directly, and sees your internet address already.',
  relay: 'Came by relay, and sees no address of yours through this.',
  byLink: 'Has your address from that link.',
  accepting: 'Accepting shows your name, when you are online and, on a direct line, your address.',
  acceptingRelayOnly: 'Accepting shows your name and when you are online, but no address: “Relay only” is on.',
}

/** Why nobody new is listed under “On this network”. */
function nearbyNone({ mdns, isVisible }: Pick<Findable, 'mdns' | 'isVisible'>): string {
  if (!mdns) return 'Sightline does not look: “Find people on this network” is off.'
  return isVisible
    ? 'Nobody new shows a name here right now. Whoever wants to be found switches on “Appear on this network”; with you it is on.'
    : 'Nobody new shows a name here right now. You do not show yours either: “Appear on this network” is off.'
}

/** Why nobody is listed under “On my relays”. */
function announcedNone({ announce, isVisible }: Pick<Findable, 'announce' | 'isVisible'>): string {
  if (!announce) return 'You neither see nor show anyone here: “Announce myself on my relays” is off.'
  return isVisible
    ? 'Nobody new is announced on your relays right now. It takes a relay that both of you use, and the same switch on their side.'
    : 'Nobody new is announced on your relays right now. Others see your key there but no name: “Appear on this network” is off.'
}

/** Words of the people: contacts, requests, links. */
export const people = {
  title: 'People',
  listLabel: 'Contacts',
  add: 'Add a person',
  addTitle: 'Add people',
  links: 'My links',
  blocked: 'Blocked and ignored',
  search: 'Search people',
  contacts: 'Contacts',
  asked: 'Asked',
  noContacts: 'Nobody yet. Send someone your link, or paste theirs.',
  nobodyFound: (words: string) => `Nobody called “${words}”.`,
  verified: 'verified',
  // adding
  friendsLink: 'A friend’s link',
  linkLabel: 'Link',
  linkPlaceholder: 'sightline://add/…',
  linkHint:
    'What a friend sent you, or the text of their QR code. A peer id or a multiaddr works too. Nothing is called before you say so.',
  look: 'Look at it',
  scan,
  ownCode: 'Your own code: a friend beside you scans it.',
  ownCodePoor: (truth: string) => `Your own code: a friend beside you scans it. ${truth}.`,
  ownCodeLink: 'Copy it as a link',
  linkTooLong: 'This is far too long for a link: one has at most 4,096 characters. Paste the link alone.',
  previewTitle: 'Write to',
  signed: (date: string) => `signed with this key on ${date}`,
  notDialled: 'nothing called yet',
  previewLine: (relay: string, name: string) =>
    `You, ${relay === '' ? '' : `${relay}, `}${name}. Nothing has been called yet.`,
  aRelay: 'their relay',
  asking: askingSentence(askingWords),
  known: {
    none: '',
    asked: 'You asked this person already. The request is sent again by itself until it is answered.',
    'asks-me': 'This person has asked you already: sending accepts.',
    mutual: 'This person is among your contacts already.',
    ignored: 'You ignored a request from this person.',
    blocked: 'You blocked this person.',
  },
  noteLabel: 'Note',
  noteHint: (left: number) => `If you like. ${count(left, 'character')} left.`,
  noteTooLong: (most: number) => `A note has ${most} characters at most.`,
  openConversation: 'Open conversation',
  sendRequest: 'Send request',
  sent: (name: string) => `Your request to ${name} is on its way. It is sent again by itself until it is answered.`,
  accepted: (name: string) => `${name} accepted.`,
  writeTo: (name: string) => `Write to ${name}`,
  // requests
  requests: 'Requests',
  requestsNew: (howMany: number) => `${howMany} new`,
  usedLink: (date: string) => `Used your link of ${date}.`,
  usedWithdrawnLink: (date: string) => `Used your link of ${date}, which you have withdrawn.`,
  noLink: 'Came without a link of yours.',
  sees: seenSentence(seenWords),
  isContactNow: 'A contact now.',
  quoted: (note: string) => `“${note}”`,
  looksLike: (other: string) => `This name resembles ${other}, one of your contacts. Compare the keys.`,
  accept: 'Accept',
  ignore: 'Ignore',
  block: 'Block',
  unblock: 'Unblock',
  cancel: 'Take back',
  waitsForAnswer: 'Has not answered yet. Sightline asks again by itself.',
  // nearby
  nearby: { lan: 'On this network', relay: 'On my relays' },
  nearbyNone,
  announcedNone,
  nearbySettings: (section: string) => `Settings: ${section}`,
  nearbyFriend: 'A contact. Messages stay inside this network.',
  nearbyVia: { lan: 'Found on this network. Not a contact.', relay: 'Seen on a relay of yours. Not a contact.' },
  ask: 'Ask to connect',
  askedNow: 'Asked',
  // links
  linksTitle: 'My links',
  linksIntro:
    'Anyone with your link can ask to write to you. It names you, your key and relays where you can be found.',
  yourLink: 'Your link',
  copyLink: 'Copy link',
  copied: 'Copied',
  copyThis: 'Copy',
  holds: (hasDirect: boolean, relays: number) => {
    const parts = [
      'your name',
      'your key',
      ...(relays > 0 ? ['your relays'] : []),
      ...(hasDirect ? ['your address'] : []),
    ]
    return `It holds ${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}${hasDirect ? '' : ', but not your address'}.`
  },
  qrLabel: 'QR code of your link',
  newLink: 'Make a new link',
  withAddress: 'Let my link contain my IP address',
  withAddressHint: 'Then friends can call you without a relay, and whoever sees the link learns roughly where you are.',
  allLinks: 'Links you gave out',
  made: (at: number, now: number) => `Made ${at >= startOfDay(now) ? 'at' : 'on'} ${shortTime(at, now)}`,
  used: (times: number) => (times === 0 ? 'not used yet' : `used ${times === 1 ? 'once' : `${times} times`}`),
  viaRelays: (howMany: number) => (howMany === 0 ? 'no relay in it' : `${count(howMany, 'relay')} in it`),
  withDirect: 'with your address',
  withdrawn: 'withdrawn',
  withdraw: 'Withdraw',
  withdrawTitle: 'Withdraw this link?',
  withdrawHint:
    'Whoever has it can still ask you, but the request says that its link is withdrawn, and is never accepted by itself. A withdrawn link cannot be brought back.',
  // the truth beside a link
  truth: {
    relay: (relays: string) => `Friends reach you through ${relays}`,
    direct: 'Friends reach you directly',
    nearby: 'Only people on this network reach you through this link',
    nobody: 'Nobody can reach you through this link yet',
    unknown: 'Not known yet how friends reach you',
    relayHint: 'A relay carries your first words and cannot read them. It sees who talks to whom, and when.',
    directHint: 'No relay is needed. Your link shows your internet address to whoever has it.',
    nearbyHint: 'For everybody else, a relay has to keep a place for you.',
    nobodyHint: 'No relay keeps a place for you. Here is what you can do:',
    unknownHint: 'Sightline is finding out. This takes a few seconds.',
    and: ' and ',
  },
  wayLabel: 'A friend’s link, or the address of a relay',
  wayHint: 'Paste a friend’s link to use the relay in it, or enter the address of a relay you know.',
  wayFirstHint:
    'A friend’s link sends them a request, and the relay in it becomes yours, too. Or enter the address of a relay you know.',
  wayFriendHint:
    'Your friend gets your name and can accept. The relay in the link learns your internet address and that you two want to talk; a friend who gave an address of their own in the link sees yours.',
  wayUse: 'Use this relay',
  wayAsk: 'Send request',
  wayAgain: (time: string) => `It is tried again at ${time}.`,
  wayNone: 'There is no relay in this link. Try another friend’s, or the address of a relay.',
  // one contact
  details: 'Contact details',
  knownSince: (date: string) => `A contact since ${date}`,
  state: {
    none: 'Not a contact',
    asked: 'Asked, not answered yet',
    'asks-me': 'Asks to be your contact',
    mutual: '',
    ignored: 'Ignored',
    blocked: 'Blocked',
  },
  gone: 'This person is not here.',
  key: 'Key',
  copyKey: 'Copy key',
  ownNameLabel: 'Name you give',
  ownNameHint: (chosen: string) => `Shown instead of “${chosen}”, on this computer only. Empty: the name they chose.`,
  save: 'Save',
  saved: 'Saved',
  line: 'Line',
  relayOnly: 'Relay only',
  relayOnlyHint: (name: string) =>
    `Never connect directly with ${name}, so ${name} does not learn your internet address. Everything goes through a relay.`,
  relayOnlyAll: '“Relay only” is on for everyone, in Settings.',
  safety: 'Safety number',
  safetyHint: (name: string) =>
    `Compare these digits with ${name}, side by side or by voice. If they are the same, nobody stands between you.`,
  safetyCode: 'QR code of your safety number',
  scanTheirs: (name: string) => `Scan ${name}’s code`,
  scanTheirsHint: (name: string) =>
    `${name} opens your contact details and shows the code under “Safety number”. Take it from the screen beside you, or from a picture that came another way than through Sightline.`,
  safetySame: (name: string) => `The numbers are the same. Nobody stands between you and ${name}.`,
  safetyDiffers: (name: string) =>
    `This number does not match. Make sure that ${name} shows the code under your name, not under another. If it still differs, somebody may stand between you: write nothing private here.`,
  markVerified: 'They are the same',
  unmarkVerified: 'No longer verified',
  isVerified: (name: string) => `You verified ${name}.`,
  unblockHint: (name: string) => `${name} cannot write to you, and was not told so.`,
  blockTitle: (name: string) => `Block ${name}?`,
  blockHint: (name: string) =>
    `${name} can no longer write to you and is not told why. You can undo this under “Blocked and ignored”.`,
  hiddenHint: {
    blocked: 'They cannot write to you, and were not told so.',
    ignored: 'Their requests lie here. They were not told so, and you can still accept them.',
  },
  noBlocked: 'You have blocked or ignored nobody.',
} as const
