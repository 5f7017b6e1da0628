import type { Stopped } from '../../shared/domain/message.ts'
import { chat } from './english/chat.ts'

type Reason = Stopped['reason']

/** What may help: both programs may differ, somebody may have tampered, or one profile is used twice. */
const helps: Readonly<Record<Reason, 'update' | 'compare' | 'one place'>> = {
  'not-readable': 'update',
  'too-long': 'update',
  'other-log': 'compare',
  'not-a-member': 'compare',
  'bad-seq': 'one place',
  'bad-previous': 'one place',
  'bad-lamport': 'one place',
  'wrong-signature': 'compare',
  other: 'update',
}

/** Says what was refused and why, and what to do now. */
export function refusalSentence(stopped: Stopped, name: string): string {
  return `${happened(stopped, name, chat.stopped(stopped.reason))} ${help(stopped, name)}`
}

function happened({ isRefusedHere, isMine }: Stopped, name: string, why: string): string {
  if (isRefusedHere)
    return isMine
      ? `${name}’s Sightline sent something in your name that was not taken, ${why} What you wrote here is untouched.`
      : `A message from ${name} was not taken, ${why} Nothing newer from that device is shown.`
  return isMine
    ? `${name}’s Sightline does not take a message of yours, ${why} That one and what you write after it wait here.`
    : `${name}’s Sightline does not take a message that ${name} wrote on another device, ${why}`
}

function help({ reason, isMine }: Stopped, name: string): string {
  switch (helps[reason]) {
    case 'update':
      return `Tell ${name} another way, and update Sightline on both sides.`
    case 'compare':
      return `Ask ${name} another way what happened, and compare your safety numbers.`
    case 'one place':
      return isMine
        ? 'Use your profile in one place only: a copy of it may run elsewhere.'
        : `Ask ${name} to use that profile in one place only: a copy of it may run elsewhere.`
  }
}
