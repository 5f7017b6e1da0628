import type { Message } from '../../../shared/domain/message.ts'

/** A message with believable defaults; `at` is minutes after noon of one day, and also its place in the order. */
export function buildMessage(at: number, more: Partial<Message> = {}): Message {
  const isMine = more.isMine ?? false
  const author = isMine ? 'me' : 'bea'
  return {
    id: `id-${at}`,
    conversation: 'c'.repeat(64),
    author,
    isMine,
    order: { lamport: at, author, instance: '0'.repeat(32), seq: at },
    writtenAt: new Date(2026, 10, 20, 12, at).getTime(),
    arrivedAt: new Date(2026, 10, 20, 12, at).getTime(),
    arrival: at + 1,
    body: { kind: 'text', text: `text ${at}` },
    reactions: [],
    isLate: false,
    ...(isMine ? { delivery: 'delivered' as const } : {}),
    ...more,
  }
}

/** A message of theirs that came this way. */
export const came = (line: 'direct' | 'lan' | 'relayed'): Pick<Message, 'passage'> => ({
  passage: { line, transport: 'tcp', ...(line === 'relayed' ? { relay: 'relay' } : {}) },
})

/** The receipt of a message of mine that went this way. */
export const went = (line: 'direct' | 'lan' | 'relayed'): Pick<Message, 'receipt' | 'isMine'> => ({
  isMine: true,
  receipt: {
    line,
    transport: 'tcp',
    ...(line === 'relayed' ? { relay: 'relay' } : {}),
    sentAt: 0,
    waitedMs: 1,
    acknowledgedMs: 14,
  },
})
