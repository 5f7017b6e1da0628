import type { AttemptReason, Mechanism } from '../../../shared/domain/attempt.ts'

const mechanism: Readonly<Record<Mechanism, string>> = {
  dial: 'Called the addresses they told you',
  reversal: 'Called them back',
  'tcp-punch': 'Both called at the same moment',
  'port-mapping': 'Asked the router for a port',
  reachability: 'Asked a relay to call you',
  'relay-place': 'Asked a relay for a place',
}

/** What came of it when it worked. */
const reached: Readonly<Record<Mechanism, string>> = {
  dial: 'Direct',
  reversal: 'Direct',
  'tcp-punch': 'Direct',
  'port-mapping': 'The router opened a port',
  reachability: 'The call came through',
  'relay-place': 'The relay gave a place',
}

const term: Readonly<Record<Mechanism, { readonly name: string; readonly meaning: string }>> = {
  dial: { name: 'dial', meaning: 'A connection to an address that the other side told.' },
  reversal: {
    name: 'connection reversal',
    meaning: 'Whoever was called over a relay calls back, past the relay.',
  },
  'tcp-punch': {
    name: 'DCUtR (TCP hole punching)',
    meaning: 'Both sides dial at the same moment, so that each router takes the call from outside for an answer.',
  },
  'port-mapping': { name: 'UPnP', meaning: 'A way to ask a router for an open port.' },
  reachability: { name: 'AutoNAT v2', meaning: 'A relay calls an address of yours and says whether it worked.' },
  'relay-place': {
    name: 'circuit relay v2 reservation',
    meaning: 'A relay keeps a place for you, and passes calls for you on.',
  },
}

const stage: Readonly<Record<string, string>> = {
  prepared: 'Own addresses prepared',
  'stream-opened': 'Stream opened over the relay',
  'connect-sent': 'Own addresses sent (CONNECT)',
  'connect-received': 'Their addresses received (CONNECT)',
  'sync-sent': 'Starting signal sent (SYNC)',
  'sync-received': 'Starting signal received (SYNC)',
  dialling: 'Calling',
  'tcp-opened': 'TCP connection open',
  upgraded: 'Connection encrypted',
  asked: 'Asked for a call',
  'data-sent': 'Data sent that the relay wanted first',
  'dialled-back': 'Call came in',
  connected: 'Connected',
  'place-asked': 'Asked for a place',
  answered: 'Answer received',
  searching: 'Looking for the router',
  'gateway-found': 'Router found',
  'gateway-refused': 'Something else answered than a router that opens ports',
  'gateway-lost': 'Router answers no more',
  'external-address': 'Outside address asked for',
  mapped: 'Port open',
  refused: 'Turned down',
  renewed: 'Port renewed',
  'mapping-gone': 'Router does not know the port any more',
  unmapped: 'Port closed again',
}

const otherSide: Readonly<Record<Mechanism, string>> = {
  dial: 'the other side',
  reversal: 'the other side',
  'tcp-punch': 'the other side',
  'port-mapping': 'the router',
  reachability: 'the relay',
  'relay-place': 'the relay',
}

/** Why it failed, in the middle of a sentence; `them` is whoever was asked. */
const reason: Readonly<Record<AttemptReason, (them: string) => string>> = {
  'no-address': () => 'no address was known that could be tried',
  'no-answer': () => 'nothing came back in time',
  refused: (them) => `${them} said no`,
  'not-supported': (them) => `${them} does not know this way`,
  'bad-answer': (them) => `${them} answered with something that makes no sense`,
  'cut-off': () => 'it was broken off before it was decided',
  'cannot-work': () => 'it became known that this cannot get through both routers',
  'no-gateway': () => 'no router that opens ports answered',
  'double-nat': () => 'the router stands behind another router itself, so nobody outside can use its port',
}

/** Words of what was tried to get on without a relay. */
export const attempts = {
  title: 'What was tried',
  note: 'forgotten when Sightline closes',
  none: 'Nothing has been tried yet. When Sightline looks for a way to somebody, or for a way in for others, it says so here.',
  noneWith: (name: string) => `Nothing has been tried with ${name} yet.`,
  ownRouter: 'Your router',
  showAll: (howMany: number) => `Show all ${howMany}`,
  showNewest: (howMany: number) => `Show the newest ${howMany}`,
  mechanism,
  reached,
  notReached: 'No success',
  underWay: 'Under way',
  overtaken: 'Not needed',
  faster: 'another way was faster',
  otherSide,
  reason,
  after: 'after',
  steps: 'Step by step',
  begun: 'Begun',
  stage,
  term,
  mechanismTitle: 'Mechanism',
  detail: 'In exact terms',
  address: 'Address',
} as const
