/** A pasted megabyte must arrive, so that the messenger can refuse it by naming the limit; JSON may triple a text. */
export const FRAME_MAX_BYTES = 4 * 1024 * 1024

/** Sent to a page that stopped reading: its caller is closed, and its next one starts whole. */
export const UNREAD_MAX_BYTES = 32 * 1024 * 1024

// A character in UTF-16 is at most three bytes, so a short text needs no look at each.
const encoder = new TextEncoder()

/** More than a frame may have; said alike where frames are sent and where they are taken, or the sender waits for ever. */
export const isFrameTooLong = (text: string): boolean =>
  text.length > FRAME_MAX_BYTES ||
  (text.length * 3 > FRAME_MAX_BYTES && encoder.encode(text).byteLength > FRAME_MAX_BYTES)
