import type { Self } from '../../shared/contract/views.ts'
import { NO_PATH, type Path, UNKNOWN_PATH } from '../../shared/domain/line.ts'
import type { NatReport } from '../../shared/domain/nat-report.ts'
import type { PeerId } from '../../shared/domain/peer.ts'
import type { Relay } from '../../shared/domain/relay.ts'

/** Who I am and how a newcomer with my link would reach me now. Pure. */
export function selfView({
  id,
  name,
  relays,
  report,
  relayPath,
}: {
  readonly id: PeerId
  readonly name: string
  readonly relays: Iterable<Relay>
  readonly report: NatReport
  /** The path to a relay of mine: it is the second half of the line a newcomer would use. */
  readonly relayPath: (relay: PeerId) => Path
}): Self {
  const all = [...relays]
  const holding = all.filter(({ state }) => state === 'reserved')
  return {
    id,
    name,
    reach: reach(all, holding, report, relayPath),
    reachableThrough: holding.map((relay) => ({
      relay: relay.id,
      ...(relay.name === undefined ? {} : { name: relay.name }),
    })),
  }
}

function reach(
  all: readonly Relay[],
  holding: readonly Relay[],
  report: NatReport,
  relayPath: (relay: PeerId) => Path,
): Path {
  // A link leads through relays first, because it holds direct addresses only for those who asked for that.
  const first = holding[0]
  if (first !== undefined) {
    const { transport, encryption } = relayPath(first.id)
    return {
      line: { kind: 'relayed', relay: first.id },
      ...(transport === undefined ? {} : { transport }),
      ...(encryption === undefined ? {} : { encryption }),
    }
  }
  if (report.reachability === 'public') return { line: { kind: 'direct' } }
  // While a relay is still being asked, "nobody can reach you" would be a guess.
  return all.some(({ state }) => state === 'connecting') ? UNKNOWN_PATH : NO_PATH
}
