import type { LineKind, RelayedReason } from '../../../shared/domain/line.ts'
import type { OwnSideState } from '../own-side.ts'

const word: Readonly<Record<LineKind, string>> = {
  direct: 'Direct',
  relayed: 'Relayed',
  upgrading: 'Relayed, trying for direct',
  lan: 'On this network',
  none: 'No line',
  unknown: 'Not known yet',
}

const causes: Readonly<Record<Exclude<OwnSideState, 'fine' | 'unknown'>, string>> = {
  'no-network': 'this computer has no network',
  'no-relay': 'you know no relay',
  asking: 'your relays are still being asked',
  silent: 'no relay answers',
  'no-place': 'no relay has a place for you',
}

/** Why a line still runs over a relay; `name` is the person at its other end. */
const because: Readonly<Record<RelayedReason, (name: string) => string>> = {
  trying: () => 'A direct line is being tried, or will be in a moment.',
  'relay-only': () => 'You chose “relay only”, so no direct line is tried.',
  'no-way-yet': () => 'What was tried so far did not get through. Sightline tries again by itself.',
  'needs-udp-punch': () =>
    'Direct is not possible yet: one of the two routers uses a new port for each destination, and TCP cannot get through that. It would take UDP, which Sightline does not do yet.',
  'both-change-ports': () =>
    'Direct is not possible between these two networks: both routers use a new port for each destination, and nothing gets through that.',
  'not-supported': (name) =>
    `Direct is not possible here: it takes both sides, and the program ${name} uses does not know how.`,
}

const receiptWay: Readonly<Record<LineKind, string>> = {
  direct: 'direct',
  lan: 'on this network',
  relayed: 'by relay',
  upgrading: 'by relay',
  none: '',
  unknown: '',
}

/** Words of a line and of what goes over it. `from` is empty or begins with a space. */
export const lines = {
  word,
  otherTransport: 'another transport',
  relayed: 'Relayed',
  byRelay: (relay: string) => ` by ${relay}`,
  trying: 'trying for direct',
  noneBecause: (name: string, cause: string) => ` to ${name}: ${cause}`,
  lastSeen: (time: string) => `last seen ${time}`,
  since: (time: string) => ` since ${time}`,
  sentence: {
    direct: (from: string, name: string) => `Direct${from}: nobody stands between you and ${name}.`,
    lan: (from: string, name: string) => `On this network${from}: what you write to ${name} does not leave it.`,
    relayed: (from: string, relay: string) => `Relayed by ${relay}${from}.`,
    upgrading: (from: string, relay: string) => `Relayed by ${relay}${from}. Trying for a direct line right now.`,
    none: (name: string) => `No line to ${name}. What you write waits here and goes out by itself.`,
    noneBecause: (name: string, cause: string) =>
      `No line to ${name}: ${cause}. What you write waits here and goes out by itself.`,
    unknown: (name: string) => `Not known yet whether there is a line to ${name}.`,
  },
  because,
  causes,
  relayOnly: (cause: string) => `${cause}, and you chose relay only`,
  receiptWay,
  delivery: { waiting: 'Waiting', sent: 'Sent', read: 'Read', delivered: 'Delivered' },
  waits: {
    blocked: (name: string) => `you blocked ${name}`,
    asked: (name: string) => `${name} has not accepted you yet`,
    asksMe: (name: string) => `you have not accepted ${name} yet`,
    noContact: (name: string) => `${name} is not a contact of yours`,
    unknown: (name: string) => `not known yet whether there is a line to ${name}`,
    onItsWay: (name: string) => `on its way to ${name}`,
    offline: (name: string) => `${name} is offline`,
    noLine: (name: string) => `no line to ${name} yet`,
    noLineBecause: (name: string, cause: string) => `no line to ${name} yet; ${cause}`,
  },
} as const
