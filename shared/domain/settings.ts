export const THEMES = ['system', 'light', 'dark'] as const
export const LANGUAGES = ['system', 'en', 'de'] as const

/** Every switch of the app, with the value a new profile starts with. */
export interface Settings {
  /** No direct connection is dialled or accepted, with anyone. */
  readonly relayOnly: boolean
  /** Contacts learn how far I have read. */
  readonly tellRead: boolean
  /** Contacts see that I am typing. */
  readonly tellTyping: boolean
  /** People on the local network can see my name. */
  readonly isVisible: boolean
  /** Find people on the local network, and be found (mDNS). */
  readonly mdns: boolean
  /** Ask the router to open a port (UPnP). */
  readonly portMapping: boolean
  /** Announce my peer id and relay addresses on my relays (GossipSub). */
  readonly announce: boolean
  /** Accept a request by itself when it carries a live token of mine. */
  readonly acceptOwnLinks: boolean
  readonly theme: (typeof THEMES)[number]
  readonly language: (typeof LANGUAGES)[number]
  /** Tell of new messages and requests while the window is out of sight. */
  readonly notify: boolean
  /** A notification shows who wrote and what. Off: only that something is new. */
  readonly notifyText: boolean
  /** Closing the window leaves Sightline in the tray, where messages still arrive. Without a tray, closing quits. */
  readonly closeToTray: boolean
}

export const DEFAULT_SETTINGS: Settings = {
  relayOnly: false,
  tellRead: true,
  tellTyping: true,
  isVisible: true,
  mdns: true,
  portMapping: true,
  announce: false,
  acceptOwnLinks: false,
  theme: 'system',
  language: 'system',
  notify: true,
  notifyText: true,
  closeToTray: true,
}
