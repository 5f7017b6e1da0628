import { eventually } from '../../support/eventually.ts'
import type { Person } from '../stage/person.ts'
import { listen, type Pair } from './talk.ts'

/** How two people became contacts. */
export interface Meeting {
  readonly pair: Pair
  /** From the link being used until somebody stood at the other end of a line. */
  readonly msToRelayed: number
  /** From the yes until the message that was waiting for it had arrived. */
  readonly msToFirstMessage: number
  /** When the yes was given: only from then on may a direct line be tried. Milliseconds since 1970. */
  readonly acceptedAt: number
}

const ASKED_WITHIN_MS = 30_000
// "At once" is a round trip; nine pairs that begin together on two busy cores need more.
const FIRST_MESSAGE_WITHIN_MS = 15_000

/** B's link goes to A, who adds it and writes at once; B accepts, and the message has to be there. */
export async function meet(a: Person, b: Person, name: string): Promise<Meeting> {
  const { link } = await b.do('invite.create', { withDirectAddresses: false })
  const addedAt = performance.now()
  await a.do('contact.add', { link, note: name })
  const { conversation } = await a.do('conversation.open', { contact: b.id })
  const text = `first words: ${name}`
  await a.do('message.send', { conversation, text })
  await eventually(() => b.people.rows.get(a.id)?.state === 'asks-me', {
    withinMs: ASKED_WITHIN_MS,
    what: `${name}: the request at the other end`,
  })
  const msToRelayed = performance.now() - addedAt
  const acceptedAt = Date.now()
  const startedAt = performance.now()
  await b.do('contact.accept', { id: a.id })
  await b.do('conversation.open', { contact: a.id })
  const ear = listen(b, conversation)
  try {
    const arrivedAt = await eventually(() => ear.when(text) ?? inHistory(b, conversation, text), {
      withinMs: FIRST_MESSAGE_WITHIN_MS,
      everyMs: 50,
      what: `${name}: the first message over the relay, at once`,
    })
    const isMutual = () => a.people.rows.get(b.id)?.state === 'mutual'
    await eventually(isMutual, { withinMs: ASKED_WITHIN_MS, what: `${name}: contacts at both ends` })
    return { pair: { a, b, conversation }, msToRelayed, msToFirstMessage: arrivedAt - startedAt, acceptedAt }
  } finally {
    ear.stop()
  }
}

/** It may have come before anybody listened. */
async function inHistory(person: Person, conversation: string, text: string): Promise<number | undefined> {
  const { messages } = await person.do('message.history', { conversation, limit: 10 })
  return messages.some(({ body }) => body.kind === 'text' && body.text === text) ? performance.now() : undefined
}

/** Ends their being contacts: neither looks for the other any more. */
export async function part({ a, b }: Pair): Promise<void> {
  await Promise.all([a.do('contact.block', { id: b.id }), b.do('contact.block', { id: a.id })])
}
