import type { Stopped } from '../../../shared/domain/message.ts'

/** What was wrong with an entry that was refused. A missing reason does not compile. */
const because: Readonly<Record<Stopped['reason'], string>> = {
  'not-readable': 'because it cannot be read.',
  'too-long': 'because it is longer than a message may be.',
  'other-log': 'because it belongs to another conversation or another device.',
  'not-a-member': 'because its author is not part of this conversation.',
  'bad-seq': 'because its number does not follow that of the message before it.',
  'bad-previous': 'because it does not continue the message before it.',
  'bad-lamport': 'because its place in the order of the messages is impossible.',
  'wrong-signature': 'because its signature is wrong, so nobody can tell who wrote it.',
  other: 'because of a rule that this version of Sightline does not know.',
}

/** Words of a conversation that goes no further: what was refused, why, and what may help. */
export const refusals = {
  because,
  happened: {
    hereMine: (name: string, why: string) =>
      `${name}’s Sightline sent something in your name that was not taken, ${why} What you wrote here is untouched.`,
    hereTheirs: (name: string, why: string) =>
      `A message from ${name} was not taken, ${why} Nothing newer from that device is shown.`,
    thereMine: (name: string, why: string) =>
      `${name}’s Sightline does not take a message of yours, ${why} That one and what you write after it wait here.`,
    thereTheirs: (name: string, why: string) =>
      `${name}’s Sightline does not take a message that ${name} wrote on another device, ${why}`,
  },
  help: {
    update: (name: string) => `Tell ${name} another way, and update Sightline on both sides.`,
    compare: (name: string) => `Ask ${name} another way what happened, and compare your safety numbers.`,
    onePlaceMine: 'Use your profile in one place only: a copy of it may run elsewhere.',
    onePlaceTheirs: (name: string) =>
      `Ask ${name} to use that profile in one place only: a copy of it may run elsewhere.`,
  },
} as const
