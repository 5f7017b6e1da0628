import { isConnected, type Path } from '../../../shared/domain/line.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { NetworkError } from '../failure.ts'
import type { FrameStream } from '../network.ts'
import { type Backoff, retryDelayMs } from '../pace/backoff.ts'
import { bounded } from '../pace/bounded.ts'
import { createRateLimit } from '../pace/rate-limit.ts'
import { NAT_PROTOCOL } from '../protocols.ts'
import type { Streams } from '../streams/streams.ts'
import {
  decodeReport,
  encodeReport,
  isSameReport,
  type NumberedReport,
  type OwnReport,
  type PeerReport,
} from './report-frame.ts'

export type { OwnReport, PeerReport } from './report-frame.ts'

/** Tells contacts how we stand behind our router, and remembers what they tell. */
export interface ReportExchange {
  /** The newest report of a connected contact; `undefined` when it told none, or does not speak this. */
  of(peer: PeerId): PeerReport | undefined
  /** Ours may have changed, or trust has: everyone connected who has not heard the newest is told. */
  announce(): void
  stop(): void
}

export interface ReportExchangeOptions {
  readonly streams: Pick<Streams, 'handle' | 'open'>
  readonly own: () => OwnReport
  /** The best path to a peer changed, appeared or went: `table.onPath`. To be given before the first connection opens. */
  readonly onPath: (listener: (peer: PeerId, path: Path) => void) => () => void
  /** A mutual contact with whom a direct connection is allowed. */
  readonly mayExchange: (peer: PeerId) => boolean
  /** `of(peer)` is another one now. */
  readonly onChange: (peer: PeerId) => void
  readonly log: (event: string, fields?: Readonly<Record<string, unknown>>) => void
  readonly onError: (error: unknown) => void
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

interface Entry {
  /** Number of the newest report of ours that it read. */
  toldNumber: number
  telling?: AbortController
  failures: number
  timer?: NodeJS.Timeout
  /** Its program does not speak this. */
  isDeaf: boolean
  heard?: NumberedReport
}

const EXCHANGE_MS = 5_000
const RETRY: Backoff = { firstMs: 1_000, factor: 3, mostMs: 60_000, jitter: 0.3 }
// Reports of one contact; its own change a few times in an hour, and in a burst when it changes networks.
const HEARD = { burst: 8, perSecond: 0.2 }

/** Listens and tells from now on. */
export function createReportExchange(options: ReportExchangeOptions): ReportExchange {
  const { streams, own, onPath, mayExchange, onChange, log, onError, now = Date.now } = options
  const entries = new Map<PeerId, Entry>()
  const mayTellUs = createRateLimit(HEARD)
  // The clock, so that numbers go on rising after a restart of ours that the other side has not noticed yet.
  let newest: NumberedReport = { report: own(), number: now() }
  let isStopped = false

  /** Tells one peer what it has not heard yet. Idempotent; one stream at a time. */
  function tell(peer: PeerId, entry: Entry): void {
    if (isStopped || entry.telling !== undefined || entry.timer !== undefined) return
    if (entry.isDeaf || entry.toldNumber === newest.number || !mayExchange(peer)) return
    entry.telling = new AbortController()
    void send(peer, entry, newest, entry.telling.signal)
  }

  async function send(peer: PeerId, entry: Entry, report: NumberedReport, leaving: AbortSignal): Promise<void> {
    const bound = bounded(EXCHANGE_MS, leaving)
    try {
      const stream = await streams.open(peer, NAT_PROTOCOL, { signal: bound.signal })
      await within(bound.signal, stream, async () => {
        await stream.send(encodeReport(report))
        await stream.close()
        // Its goodbye says that it has read ours.
        for await (const _ of stream) break
      })
      entry.toldNumber = report.number
      entry.failures = 0
    } catch (error) {
      if (leaving.aborted) return
      entry.failures += 1
      entry.isDeaf = isNotSpoken(error)
      log('nat.report-not-told', { peer: peer.slice(-8), failures: entry.failures, reason: String(error) })
      if (!entry.isDeaf) retry(peer, entry)
    } finally {
      bound.clear()
      delete entry.telling
      if (entries.get(peer) === entry) tell(peer, entry)
    }
  }

  function retry(peer: PeerId, entry: Entry): void {
    entry.timer = setTimeout(
      () => {
        delete entry.timer
        tell(peer, entry)
      },
      retryDelayMs(RETRY, entry.failures),
    )
    entry.timer.unref()
  }

  async function hear(stream: FrameStream): Promise<void> {
    const { peer } = stream
    if (isStopped || !mayTellUs(peer)) {
      stream.abort(new Error(isStopped ? 'stopping' : 'too many reports'))
      return
    }
    const bound = bounded(EXCHANGE_MS)
    try {
      await within(bound.signal, stream, async () => {
        for await (const frame of stream) {
          remember(peer, decodeReport(frame))
          break
        }
        await stream.close()
      })
    } catch (error) {
      log('nat.report-not-heard', { peer: peer.slice(-8), reason: String(error) })
    } finally {
      bound.clear()
    }
  }

  function remember(peer: PeerId, heard: NumberedReport | undefined): void {
    if (heard === undefined) {
      log('nat.report-senseless', { peer: peer.slice(-8) })
      return
    }
    const entry = entryOf(peer)
    // Two streams may overtake one another.
    if (entry.heard !== undefined && heard.number <= entry.heard.number) return
    const isNews = !isSameReport(entry.heard?.report, heard.report)
    entry.heard = heard
    if (isNews) onChange(peer)
  }

  function entryOf(peer: PeerId): Entry {
    const known = entries.get(peer)
    if (known !== undefined) return known
    const entry: Entry = { toldNumber: 0, failures: 0, isDeaf: false }
    entries.set(peer, entry)
    return entry
  }

  function forget(peer: PeerId): void {
    const entry = entries.get(peer)
    if (entry === undefined) return
    entries.delete(peer)
    clearTimeout(entry.timer)
    entry.telling?.abort(new Error('the connection is gone'))
    if (entry.heard !== undefined) onChange(peer)
  }

  const stopListening = onPath((peer, path) => {
    if (!isConnected(path.line)) forget(peer)
    else if (entries.has(peer) || mayExchange(peer)) tell(peer, entryOf(peer))
  })
  streams.handle(NAT_PROTOCOL, 'contacts', hear).catch(onError)

  return {
    of: (peer) => entries.get(peer)?.heard?.report,
    announce() {
      const report = own()
      if (!isSameReport(report, newest.report)) newest = { report, number: Math.max(newest.number + 1, now()) }
      for (const [peer, entry] of entries) tell(peer, entry)
    },
    stop() {
      isStopped = true
      stopListening()
      for (const { timer, telling } of entries.values()) {
        clearTimeout(timer)
        telling?.abort(new Error('stopping'))
      }
      entries.clear()
    },
  }
}

/** Resets the stream when the time is up before the work is done. */
async function within(signal: AbortSignal, stream: FrameStream, work: () => Promise<void>): Promise<void> {
  const onAbort = () => stream.abort(new Error('the exchange took too long', { cause: signal.reason }))
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await work()
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function isNotSpoken(error: unknown): boolean {
  return error instanceof NetworkError && error.failure.detail?.['why'] === 'UnsupportedProtocolError'
}
