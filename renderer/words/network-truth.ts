import type { FailureCode } from '../../shared/contract/failures.ts'
import type { NatReport } from '../../shared/domain/nat-report.ts'
import type { Relay } from '../../shared/domain/relay.ts'
import { hasNetwork } from './own-side.ts'

// What is said of the network, and when. The words themselves stand in each language.

/** What the first sentence rests on, beside the report. */
export interface Reach {
  /** The relays that keep a place for me, by name. */
  readonly relays: readonly string[]
  readonly isRelayOnly: boolean
  /** Somebody inside this network is connected. */
  readonly hasLanLine: boolean
}

/** The sentences of the Network page's head. */
export interface ReachWords {
  readonly through: (relays: readonly string[]) => string
  readonly relayOnly: string
  readonly relayOnlyNone: string
  readonly noNetwork: string
  readonly mapped: string
  readonly direct: string
  readonly router: string
  readonly private: string
  readonly noPlace: string
  readonly directUnknown: string
  readonly unknown: string
  readonly lanLine: string
  readonly rest: {
    readonly relayOnly: string
    readonly public: string
    readonly failed: string
    readonly begins: string
    readonly unknown: string
  }
}

const ip4Of = (address: string): string | undefined => /^\/ip4\/([\d.]+)/.exec(address)?.[1]

/** Whether something shows that a router stands in between: it answered, or others see another address than mine. */
function showsRouter({ portMapping, addresses }: NatReport): boolean {
  if (portMapping === 'mapped' || portMapping === 'failed') return true
  if (addresses.some(({ kind }) => kind === 'mapped')) return true
  const own = addresses.filter(({ kind }) => kind === 'lan' || kind === 'public').map(({ address }) => ip4Of(address))
  return addresses.some(({ kind, address }) => {
    const seen = kind === 'observed' ? ip4Of(address) : undefined
    return seen !== undefined && own.some((ip) => ip !== undefined) && !own.includes(seen)
  })
}

const inOne = (...sentences: readonly string[]): string => sentences.filter((sentence) => sentence !== '').join(' ')

/** Makes the Network page's first sentence: how things are, from what was observed. */
export const reachSentence =
  (said: ReachWords) =>
  (report: NatReport, { relays, isRelayOnly, hasLanLine }: Reach): string => {
    const isReached = relays.length > 0
    const through = isReached ? said.through(relays) : ''
    const onlyHere = hasLanLine ? said.lanLine : ''
    if (isRelayOnly) return isReached ? inOne(said.relayOnly, through) : said.relayOnlyNone
    if (!hasNetwork(report) && !isReached) return said.noNetwork
    if (report.reachability === 'public')
      return report.addresses.some(({ kind, evidence }) => kind === 'mapped' && evidence === 'verified')
        ? said.mapped
        : said.direct
    if (report.reachability === 'private') {
      const direct = showsRouter(report) ? said.router : said.private
      return isReached ? inOne(direct, through) : inOne(direct, said.noPlace, onlyHere)
    }
    return isReached ? inOne(through, said.directUnknown) : inOne(said.unknown, onlyHere)
  }

/** Makes the second sentence: what the first one rests on, or what would tell. */
export const reachBasis =
  ({ rest }: Pick<ReachWords, 'rest'>) =>
  ({ reachability, addresses }: NatReport, { relays, isRelayOnly }: Reach): string => {
    if (isRelayOnly) return rest.relayOnly
    if (reachability === 'public') return rest.public
    if (reachability === 'unknown') return rest.unknown
    const hasFailed = addresses.some(({ evidence }) => evidence === 'failed')
    return inOne(hasFailed ? rest.failed : '', relays.length > 0 ? rest.begins : '')
  }

/** Why a relay said no, by its exact term (circuit relay v2). */
export function relayRefusal(reason: string | undefined): Extract<FailureCode, 'relay-full' | 'relay-refused'> {
  return reason !== undefined && /RESERVATION_REFUSED|RESOURCE_LIMIT_EXCEEDED/.test(reason)
    ? 'relay-full'
    : 'relay-refused'
}

// What is behind a failed call, by a piece of its exact term. The first that fits is said.
const terms = [
  ['refused', /ECONNREFUSED/i],
  ['noName', /ENOTFOUND|EAI_AGAIN|getaddrinfo/i],
  ['noWay', /EHOSTUNREACH|ENETUNREACH|ENETDOWN/i],
  ['certificate', /certificate|CERT_|self.signed/i],
  ['somebodyElse', /unexpected peer|UnexpectedPeer|does not match/i],
  ['brokeOff', /ECONNRESET|EPIPE|closed|ended/i],
  ['tooLate', /time.?d? ?out|aborted|TimeoutError/i],
] as const

/** The sentences about a relay that is of no use right now. */
export interface TroubleWords {
  readonly notARelay: string
  readonly unreachable: Readonly<Record<(typeof terms)[number][0], string>>
}

/** Makes the sentence why a relay is of no use right now; it uses the general ones where nothing more is known. */
export const relayTroubleSentence =
  (said: TroubleWords, failures: Readonly<Record<'relay-full' | 'relay-refused' | 'unreachable', string>>) =>
  ({ state, reason = '' }: Pick<Relay, 'state' | 'reason'>): string | undefined => {
    if (state === 'refused') return /not a relay/i.test(reason) ? said.notARelay : failures[relayRefusal(reason)]
    if (state !== 'unreachable') return undefined
    const known = terms.find(([, term]) => term.test(reason))?.[0]
    return known === undefined ? failures.unreachable : said.unreachable[known]
  }

const EXACT_TERM_CHARACTERS_MOST = 120

/** The exact term of a trouble, for who wants to look it up: without the data that some programs print after it. */
export function exactTerm(reason: string | undefined): string | undefined {
  const term = reason
    ?.split(/[[{]/u)[0]
    ?.replace(/[\s:,-]+$/u, '')
    .trim()
  return term === undefined || term === '' ? undefined : term.slice(0, EXACT_TERM_CHARACTERS_MOST)
}
