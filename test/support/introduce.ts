import type { LineKind } from '../../shared/domain/line.ts'
import type { ConversationId } from '../../shared/domain/message.ts'
import { eventually } from './eventually.ts'
import { liveView } from './live-view.ts'
import type { MessengerProcess } from './messenger-process.ts'

/** Makes two open messengers contacts by a link, and waits until the line between them is one of `lines` at both ends. */
export async function introduce(
  a: MessengerProcess,
  b: MessengerProcess,
  lines: readonly LineKind[],
): Promise<{ readonly conversation: ConversationId }> {
  const peopleOfA = liveView(a.bridge, 'people')
  const peopleOfB = liveView(b.bridge, 'people')
  const selfOfB = liveView(b.bridge, 'self')
  try {
    // Without a relay in it, a link leads nowhere for somebody who must be found through one.
    await eventually(() => (selfOfB.only?.reachableThrough.length ?? 0) > 0, { what: 'a place on a relay' })
    const { link } = await b.do('invite.create', { withDirectAddresses: false })
    const { contact } = await a.do('contact.add', { link, note: '' })
    const asking = await eventually(() => [...peopleOfB.rows.values()].find(({ state }) => state === 'asks-me'), {
      what: 'the request',
    })
    await b.do('contact.accept', { id: asking.id })
    for (const [people, id] of [
      [peopleOfA, contact],
      [peopleOfB, asking.id],
    ] as const) {
      await eventually(
        () => {
          const person = people.rows.get(id)
          return person?.state === 'mutual' && lines.includes(person.path.line.kind)
        },
        { withinMs: 20_000, what: `a line that is ${lines.join(' or ')}` },
      )
    }
    return await a.do('conversation.open', { contact })
  } finally {
    peopleOfA.stop()
    peopleOfB.stop()
    selfOfB.stop()
  }
}
