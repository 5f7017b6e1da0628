import { type Asked, answered, failed, shown } from './asked.ts'
import { ownUrl, readDescription } from './description.ts'
import { askHttp } from './http.ts'
import { createIgd } from './igd.ts'
import type { Lan } from './lan.ts'
import type { FoundRouter } from './router.ts'
import type { SsdpAnswer } from './ssdp.ts'

/** Devices looked at in one search, however many answer. */
export const LOOKED_AT_MAX = 4
// Some routers describe themselves once for each version.
const LOCATIONS_EACH = 2

/** Chooses which answers of one search are looked at. */
export interface Candidates {
  /** Offers an answer; true when it should be looked at now. */
  admits(answer: SsdpAnswer): boolean
  /** Those that disappointed before: looked at last, when there is still room. */
  postponed(): SsdpAnswer[]
}

/**
 * A flood of devices must neither cost us requests nor hide the real router for ever: at most four are looked at in a
 * search, and those that were no good last time have to wait until everybody else had a chance.
 */
export function createCandidates(hasDisappointed: (responder: string) => boolean): Candidates {
  const looked = new Map<string, Set<string>>()
  const later = new Map<string, SsdpAnswer>()

  const admit = ({ responder, location, lan }: SsdpAnswer) => {
    const key = `${responder} ${lan.address}`
    const locations = looked.get(key) ?? new Set<string>()
    if (locations.has(location) || locations.size >= LOCATIONS_EACH) return false
    if (!looked.has(key) && looked.size >= LOOKED_AT_MAX) return false
    looked.set(key, locations.add(location))
    return true
  }
  return {
    admits(answer) {
      if (!hasDisappointed(answer.responder)) return admit(answer)
      if (later.size < LOOKED_AT_MAX) later.set(`${answer.responder} ${answer.lan.address}`, answer)
      return false
    },
    postponed: () => [...later.values()].filter(admit),
  }
}

export interface LookOptions {
  readonly mayAsk: (responder: string, lan: Lan) => boolean
  readonly requestMs: number
  readonly signal: AbortSignal
}

/** Reads the description of a device that answered, and takes the first of its services that knows its outer address. */
export async function lookAt(answer: SsdpAnswer, options: LookOptions): Promise<Asked<FoundRouter>> {
  const { responder, lan } = answer
  const { mayAsk, requestMs, signal } = options
  if (!mayAsk(responder, lan)) return failed('bad-answer', 'not on our network')
  const location = ownUrl(answer.location, responder)
  if (location === undefined) return failed('bad-answer', `points to ${shown(answer.location)}`)

  const asking = { localAddress: lan.address, requestMs }
  const asked = await askHttp({ url: location, localAddress: lan.address, timeoutMs: requestMs, signal })
  if (asked.state === 'failed') return asked
  if (asked.value.status !== 200) return failed('bad-answer', `its description: HTTP ${asked.value.status}`)
  const services = readDescription(asked.value.body, location)
  if (services.state === 'failed') return services

  // Routers for DSL and cable alike describe both services, and one of them is asleep.
  let found: FoundRouter | undefined
  for (const service of services.value) {
    const igd = createIgd(service, asking)
    const outer = await igd.outer(signal)
    if (outer.state === 'failed' && (outer.reason === 'no-answer' || outer.reason === 'cut-off')) return outer
    if (outer.state === 'answered') return answered({ host: responder, lan, igd, outer })
    found ??= { host: responder, lan, igd, outer }
  }
  return found === undefined ? failed('not-supported', 'it has no service that opens ports') : answered(found)
}
