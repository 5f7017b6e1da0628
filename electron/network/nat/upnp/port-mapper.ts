import type { AttemptReason } from '../../../../shared/domain/attempt.ts'
import type { PortMappingState } from '../../../../shared/domain/nat-report.ts'
import { createListeners } from '../../listeners.ts'
import { retryDelayMs } from '../../pace/backoff.ts'
import { bounded } from '../../pace/bounded.ts'
import type { Journal } from '../journal.ts'
import { createAlarm } from './alarm.ts'
import { type Failure, failed } from './asked.ts'
import { createCandidates, lookAt } from './candidates.ts'
import { type Lan, mayAsk, ownLans } from './lan.ts'
import { keyOf, type Want } from './mapping.ts'
import { createRouter, type FoundRouter, type Mapping, type Router } from './router.ts'
import type { SlotMemory } from './slot.ts'
import { type SsdpAnswer, type SsdpGroup, searchRouters } from './ssdp.ts'
import { type SearchSeen, stateOf } from './state.ts'
import { createStory, type Story } from './story.ts'
import { TIMING, type Timing } from './timing.ts'

/** Finds routers, keeps ports open in them as long as it runs, and closes them when it stops. */
export interface PortMapper {
  /** Opens a port wherever that is possible, from now on; resolves with what came of it first. */
  want(want: Want, signal: AbortSignal): Promise<Mapping | Failure | undefined>
  /** Resolves when there is a router, or the signal aborts. */
  found(signal: AbortSignal): Promise<Router | undefined>
  routers(): Router[]
  mappings(): Mapping[]
  state(): PortMappingState
  onChange(listener: () => void): () => void
  /** After a wake, say: looks at the routers at once, or searches at once. */
  lookNow(): void
  /** Closes what was opened, within two seconds. */
  stop(): Promise<void>
}

export interface PortMapperOptions {
  readonly journal: Pick<Journal, 'begin'>
  readonly onError: (error: unknown) => void
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number
  readonly timing?: Timing
  /** The rest is replaced in tests, whose routers live on loopback. */
  readonly group?: SsdpGroup
  readonly lans?: () => Lan[]
  readonly mayAsk?: (responder: string, lan: Lan) => boolean
}

// With a router at hand we only look whether another one came.
const SEARCH_WITH_ROUTER_MS = 30 * 60_000
const DISAPPOINTED_MAX = 256
const MEMORIES_MAX = 16

/** Starts searching at once. */
export function startPortMapper(options: PortMapperOptions): PortMapper {
  const { journal, onError, timing = TIMING, now = () => performance.now() } = options
  const lans = options.lans ?? (() => ownLans())
  const changed = createListeners<[]>(onError)
  const alarm = createAlarm()
  const leaving = new AbortController()
  const wants = new Map<string, Want>()
  const routers = new Map<Router, { readonly leave: AbortController; readonly done: Promise<void> }>()
  const memories = new Map<string, Map<string, SlotMemory>>()
  const disappointed = new Set<string>()
  let standing = lans()
  let search: SearchSeen = 'searching'
  let fruitless = 0
  let hadRouter = false

  const isHeld = (host: string, { address }: Lan) =>
    [...routers.keys()].some((router) => router.host === host && router.lan.address === address)

  function disappoint(host: string): void {
    if (disappointed.size >= DISAPPOINTED_MAX) disappointed.clear()
    disappointed.add(host)
  }

  /** What we asked a router for outlives its absence, so that it can be taken back when it returns. */
  function memoriesOf({ host, lan }: FoundRouter): Map<string, SlotMemory> {
    const key = `${host} ${lan.address}`
    const known = memories.get(key) ?? new Map<string, SlotMemory>()
    memories.delete(key)
    memories.set(key, known)
    for (const old of [...memories.keys()].slice(0, Math.max(0, memories.size - MEMORIES_MAX))) memories.delete(old)
    return known
  }

  function keep(found: FoundRouter, story: Story): void {
    const router = createRouter(found, {
      ...{ story, timing, now },
      wants: () => wants.values(),
      memories: memoriesOf(found),
      onChange: changed.call,
    })
    const leave = new AbortController()
    const done = router
      .run(AbortSignal.any([leave.signal, leaving.signal]))
      .catch(onError)
      .finally(() => {
        if (leaving.signal.aborted) return
        routers.delete(router)
        search = 'searching'
        alarm.ring()
        changed.call()
      })
    routers.set(router, { leave, done })
    hadRouter = true
    changed.call()
  }

  /** One search: everybody who answers is looked at, within limits; those that can be used are kept. */
  async function searchOnce(signal: AbortSignal): Promise<void> {
    const story = createStory(journal)
    const isAlone = routers.size === 0
    if (isAlone) story.tell('searching', standing.map(({ subnet }) => subnet).join(' '))
    const candidates = createCandidates((responder) => disappointed.has(responder))
    const looks: Promise<void>[] = []
    let isGivenAway = false
    let worst: { readonly reason: AttemptReason; readonly detail: string } | undefined

    const look = async (answer: SsdpAnswer) => {
      const { responder, lan } = answer
      const asked = await lookAt(answer, { mayAsk: options.mayAsk ?? mayAsk, requestMs: timing.requestMs, signal })
      if (signal.aborted || isHeld(responder, lan)) return
      if (asked.state === 'failed') {
        disappoint(responder)
        worst = { reason: asked.reason, detail: `${responder}: ${asked.detail}` }
        if (!isGivenAway) story.tell('gateway-refused', worst.detail)
        return
      }
      disappointed.delete(responder)
      const own = isGivenAway ? createStory(journal) : story
      isGivenAway = true
      own.tell('gateway-found', `${responder} ${asked.value.igd.name}`)
      keep(asked.value, own)
    }
    const offer = (answer: SsdpAnswer) => {
      if (!isHeld(answer.responder, answer.lan) && candidates.admits(answer)) looks.push(look(answer))
    }
    await searchRouters({
      ...{ lans: standing, listenMs: timing.searchMs, onAnswer: offer, signal },
      ...(options.group && { group: options.group }),
    })
    looks.push(...candidates.postponed().map(look))
    await Promise.all(looks)
    if (isGivenAway || !story.isOpen()) return
    if (signal.aborted) story.fail('cut-off')
    else if (worst === undefined) story.fail('no-gateway')
    else story.fail(worst.reason, worst.detail)
    search = worst === undefined ? 'silent' : 'unusable'
  }

  async function searchForEver(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await searchOnce(signal)
      changed.call()
      fruitless = routers.size > 0 ? 0 : fruitless + 1
      const pauses = hadRouter ? timing.lostPauses : timing.searchPauses
      await alarm.wait(routers.size > 0 ? SEARCH_WITH_ROUTER_MS : retryDelayMs(pauses, fruitless), signal)
    }
  }

  /** Interfaces come and go without an event. */
  function lookAtInterfaces(): void {
    const before = standing.map(({ subnet }) => subnet).join()
    standing = lans()
    if (standing.map(({ subnet }) => subnet).join() === before) return
    for (const [router, { leave }] of routers)
      if (!standing.some(({ subnet }) => subnet === router.lan.subnet)) leave.abort()
    hadRouter = routers.size > 0
    fruitless = 0
    search = 'searching'
    alarm.ring()
    changed.call()
  }

  const interfaces = setInterval(lookAtInterfaces, timing.interfacesEveryMs)
  interfaces.unref()
  const searching = searchForEver(leaving.signal).catch(onError)

  /** The first answer other than `undefined`, asked for again after each change; `undefined` when the signal aborts. */
  function whenever<Value>(ask: () => Value | undefined, signal: AbortSignal): Promise<Value | undefined> {
    return new Promise((resolve) => {
      const look = () => {
        const value = ask()
        if (value === undefined && !signal.aborted && !leaving.signal.aborted) return
        forget()
        for (const one of [signal, leaving.signal]) one.removeEventListener('abort', look)
        resolve(value)
      }
      const forget = changed.add(look)
      for (const one of [signal, leaving.signal]) one.addEventListener('abort', look)
      look()
    })
  }

  const mappings = () => [...routers.keys()].flatMap((router) => router.mappings())
  return {
    async want(want, signal) {
      const key = keyOf(want)
      wants.set(key, want)
      for (const router of routers.keys()) router.lookNow()
      return whenever(() => {
        // An address on another network, of a container say: wanted all the same, should a router appear there.
        const there = [...routers.keys()].filter(({ lan }) => lan.address === want.host)
        const mayCome = routers.size === 0 && search === 'searching'
        if (there.length === 0) return mayCome ? undefined : failed('no-gateway', 'no router on this network')
        const mapping = there.flatMap((router) => router.mappings()).find((one) => keyOf(one.want) === key)
        return mapping ?? there.map((router) => router.refusal(want)).find((refusal) => refusal !== undefined)
      }, signal)
    },
    found: (signal) => whenever(() => [...routers.keys()][0], signal),
    routers: () => [...routers.keys()],
    mappings,
    state: () =>
      stateOf(
        [...routers.keys()].map((router) => router.seen()),
        search,
      ),
    onChange: changed.add,
    lookNow() {
      lookAtInterfaces()
      for (const router of routers.keys()) router.checkNow()
      if (routers.size === 0) alarm.ring()
    },
    async stop() {
      clearInterval(interfaces)
      leaving.abort()
      const kept = [...routers.entries()]
      routers.clear()
      await Promise.all([searching, ...kept.map(([, { done }]) => done)])
      const bound = bounded(timing.unmapMs)
      await Promise.all(kept.map(([router]) => router.release(bound.signal)))
      bound.clear()
      changed.call()
    },
  }
}
