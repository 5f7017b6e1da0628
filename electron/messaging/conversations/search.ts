import type { CommandInput, SearchHit } from '../../../shared/contract/commands.ts'
import type { ConversationId } from '../../../shared/domain/message.ts'
import type { Storage } from '../../storage/database.ts'
import type { Shown } from '../../storage/tables/messages.ts'
import { EXCERPT_MAX_CHARACTERS, excerpt, type FoldedMessage } from './view/messages.ts'
import { matchOf } from './view/search-words.ts'

// Texts that were edited or deleted since are found too and left out here; this bounds how long that may go on.
const ROUNDS_MAX = 10
const BEFORE_WORD_CHARACTERS = 40

interface Options {
  readonly storage: Pick<Storage, 'request'>
  toMessages(conversation: ConversationId, shown: Shown): readonly FoldedMessage[]
}

/** Messages that hold all the words now, the newest arrivals first. */
export async function search(
  { words, conversation, limit }: CommandInput<'message.search'>,
  { storage, toMessages }: Options,
): Promise<readonly SearchHit[]> {
  const match = matchOf(words)
  if (match === undefined) return []
  const hits: SearchHit[] = []
  let before = Number.MAX_SAFE_INTEGER
  for (let round = 0; round < ROUNDS_MAX && hits.length < limit; round++) {
    const found = await storage.request('search.find', {
      ...{ match, before, limit },
      ...(conversation === undefined ? {} : { conversation }),
    })
    const shown = await Promise.all(found.map(({ message }) => storage.request('messages.byId', [message])))
    for (const [index, one] of found.entries()) {
      const page = shown[index]
      const folded = page && toMessages(one.conversation, page)[0]
      // Only the text that is shown now counts, not what an edit replaced.
      if (!folded || folded.textFrom !== one.entry || folded.message.body.kind !== 'text') continue
      const { id, order, author, writtenAt, body } = folded.message
      const text = excerptAround(body.text, words)
      hits.push({ conversation: one.conversation, message: id, order, author, at: writtenAt, text })
    }
    const last = found.at(-1)
    if (!last || found.length < limit) break
    before = last.arrival
  }
  return hits.slice(0, limit)
}

/** The part of a text around the first word, or its beginning. */
function excerptAround(text: string, words: string): string {
  const word = plain(words.trim().split(/\s+/u)[0] ?? '')
  // An accent less makes the two texts differ by a few signs: enough to show the right part.
  const at = plain(text).indexOf(word)
  if (at < EXCERPT_MAX_CHARACTERS - word.length) return excerpt(text)
  return `…${excerpt(text.slice(at - BEFORE_WORD_CHARACTERS).toWellFormed())}`
}

/** Small letters without accents, as the index compares them. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
