import type { RelayStartProblem } from '../network/relay-server/start-error.ts'
import { contract } from './limits.ts'
import type { RunningRelay } from './relay.ts'

/** Everything the relay says while it runs. */
export type RelayEvent =
  | {
      readonly event: 'started'
      readonly id: string
      readonly addresses: readonly string[]
      readonly metricsUrl: string
      readonly stun: readonly string[]
    }
  | { readonly event: 'reserved'; readonly peer: string; readonly expiresAt: number }
  | { readonly event: 'reservation-ended'; readonly peer: string }
  | { readonly event: 'refused'; readonly what: string; readonly cause: string; readonly count: number }
  | { readonly event: 'members-reloaded'; readonly members: number }
  | { readonly event: 'warned'; readonly sentence: string }
  | { readonly event: 'stopped'; readonly signal: string }
  | { readonly event: 'failed'; readonly problem: string; readonly sentence: string }

/** One event as a line of JSON. */
export const jsonLine = (event: RelayEvent): string => JSON.stringify({ at: Date.now(), ...event })

/** What a person who started a relay reads first. */
export function startedText(relay: RunningRelay, name: string | undefined): string {
  const [best = '', ...others] = relay.addresses
  return [
    `Sightline relay${name === undefined ? '' : ` “${name}”`} is running.`,
    '',
    'Give this line to the people it is for; they paste it under Network → Add a relay:',
    '',
    `  ${best}`,
    '',
    ...(others.length === 0 ? [] : ['Other addresses of the same relay:', ...others.map((one) => `  ${one}`), '']),
    'What it promises:',
    ...contract(relay.limits).map((line) => `  ${line}`),
    '',
    `STUN answers at ${relay.counters().stun.endpoints.join(', ')}.`,
    `Counters: ${relay.metricsUrl}metrics and ${relay.metricsUrl}status.json`,
    ...relay.missing.map(({ part, why }) => `${part} is not offered: ${why}`),
    'Ctrl+C stops it.',
  ].join('\n')
}

/** One event as a line for people and journals; peer ids are shortened. */
export function plainLine(event: RelayEvent): string {
  switch (event.event) {
    case 'started':
      return `started ${event.id}`
    case 'reserved':
      return `reserved peer=${short(event.peer)}`
    case 'reservation-ended':
      return `reservation-ended peer=${short(event.peer)}`
    case 'refused':
      return `refused what=${event.what} cause=${event.cause} count=${event.count}`
    case 'members-reloaded':
      return `members-reloaded members=${event.members}`
    case 'warned':
      return event.sentence
    case 'stopped':
      return `stopped signal=${event.signal}`
    case 'failed':
      return event.sentence
  }
}

const short = (peer: string) => `…${peer.slice(-8)}`

/** One sentence for each way a relay can fail to start. */
export function problemSentence(problem: RelayStartProblem, subject: string): string {
  switch (problem) {
    case 'port-taken':
      return `Another program already uses ${subject}: stop it, or choose other ports with --port, --ws-port, --stun-port or --metrics-port.`
    case 'port-forbidden':
      return `The system does not let this user listen on ${subject}: ports below 1024 need a right of their own.`
    case 'host-not-here':
      return `This machine has no address ${subject}: check --host.`
    case 'announce-invalid':
      return `--announce ${subject} is not an address like /dns4/relay.example.org/tcp/4001.`
    case 'announce-foreign':
      return `--announce ${subject} names another peer than this relay: leave out its /p2p/… part.`
    case 'certificate-unreadable':
      return `${subject} cannot be read: check --tls-cert and --tls-key.`
    case 'certificate-bad':
      return `${subject} is not a certificate and key that belong together.`
    case 'members-unreadable':
      return `The member list ${subject} cannot be read.`
    case 'members-bad':
      return `The member list has something other than a peer id in ${subject}.`
    case 'data-unwritable':
      return `The relay cannot keep its key in ${subject}: check --data and the rights of that directory.`
    case 'key-damaged':
      return `${subject} is not a relay key: restore it from a copy, or remove it and become a relay with a new id.`
  }
}
