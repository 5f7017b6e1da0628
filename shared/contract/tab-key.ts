// How a tab of a browser shows the loopback shell that it came in by a link. A cookie does not tell ports apart: the
// browser sends it to every program that listens on this machine. So the socket needs a key as well, which the entry
// page puts where the browser keeps things for one origin, port included, and for one tab.

/** The item of the tab's session storage that holds the key. */
export const TAB_KEY_ITEM = 'sightline-key'

/** A tab offers two WebSocket protocols: this one, which is taken, and its key. */
export const TAB_PROTOCOL = 'sightline'

/** The close code of a socket whose key is not, or no longer, good: trying again changes nothing. */
export const TAB_KEY_REFUSED = 4401
