import { NAME_MAX_BYTES, NAME_MAX_GRAPHEMES } from '../../shared/domain/limits.ts'
import { words } from '../words/words.ts'

const utf8 = new TextEncoder()
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

// From here on the room that is left is shown.
const LEFT_IS_SHOWN = 12

/** Which limit a name passes, in words, and how much room is left near it; the messenger decides, this says it sooner. */
export function nameRoom(name: string): { readonly tooLong?: string; readonly left?: string } {
  const { name: said } = words.firstRun
  const characters = [...segmenter.segment(name.trim())].length
  const bytes = utf8.encode(name.trim()).length
  if (characters > NAME_MAX_GRAPHEMES) return { tooLong: said.tooLong(characters, NAME_MAX_GRAPHEMES) }
  if (bytes > NAME_MAX_BYTES) return { tooLong: said.tooManyBytes(bytes, NAME_MAX_BYTES) }
  const left = NAME_MAX_GRAPHEMES - characters
  return left > LEFT_IS_SHOWN ? {} : { left: said.left(left) }
}
