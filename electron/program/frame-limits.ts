/** A pasted megabyte must arrive, so that the messenger can refuse it by naming the limit; JSON may triple a text. */
export const FRAME_MAX_BYTES = 4 * 1024 * 1024

/** Sent to a page that stopped reading: its caller is closed, and its next one starts whole. */
export const UNREAD_MAX_BYTES = 32 * 1024 * 1024
