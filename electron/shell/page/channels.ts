// The names of what preload and main say to each other. A document names itself with every frame: after a reload
// late answers to the one before it would otherwise be taken for answers to this one.

/** `(document, text)`: one frame of the contract, from the window. */
export const TO_MESSENGER = 'sightline:to-messenger'
/** `(document, text)`: one frame of the contract, to the window. */
export const TO_WINDOW = 'sightline:to-window'
/** `(document, characters)`: so much of what was sent has been read. */
export const READ = 'sightline:read'
