/** Longest text of one message, in bytes of UTF-8. */
export const TEXT_MAX_BYTES = 16 * 1024
/** Longest draft that is kept, in bytes of UTF-8: more than can be sent, and too little to fill a disk. */
export const DRAFT_MAX_BYTES = 64 * 1024
/** Longest signed entry, in bytes. */
export const ENTRY_MAX_BYTES = 32 * 1024
/** Longest frame on any stream of ours, in bytes. */
export const FRAME_MAX_BYTES = 64 * 1024
/** Longest name: graphemes shown, and bytes of UTF-8. */
export const NAME_MAX_GRAPHEMES = 64
export const NAME_MAX_BYTES = 96
/** Longest note with a contact request, in graphemes. */
export const NOTE_MAX_CHARACTERS = 200
/** Longest signed invite before base64url, in bytes. */
export const INVITE_MAX_BYTES = 512
/** Addresses in an invite. */
export const INVITE_MAX_ADDRESSES = 4
