import type { FrameStream, Network } from '../../../electron/network/network.ts'
import { NO_PATH, type Path } from '../../../shared/domain/line.ts'
import type { Listing } from '../../../shared/domain/listing.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Chance, Time } from './time.ts'

/** What may happen to a frame under way. */
export interface FrameFaults {
  readonly drop: number
  readonly duplicate: number
  readonly reorder: number
}

/** The wires between the simulated machines: connections that come and go, streams that delay and, if told so, misbehave. */
export interface Wires {
  /** The network of a machine that has just started. */
  plug(self: PeerId): Network
  /** The machine is gone at once; the others notice later. */
  unplug(self: PeerId): void
  connect(a: PeerId, b: PeerId, path: Path): void
  /** Each side notices when it does. */
  cut(a: PeerId, b: PeerId): void
  isConnected(a: PeerId, b: PeerId): boolean
  faults: FrameFaults
}

const REPLACED_LASTS_MS = 1_500
export const NO_FAULTS: FrameFaults = { drop: 0, duplicate: 0, reorder: 0 }

interface End extends FrameStream {
  readonly self: PeerId
  arrive(frame: Uint8Array | 'closed'): void
  reset(reason: Error): void
}

interface Machine {
  readonly self: PeerId
  readonly paths: Map<PeerId, Path>
  readonly listeners: Set<(peer: PeerId, path: Path) => void>
  readonly ends: Set<End>
  handler: ((stream: FrameStream) => void | Promise<void>) | undefined
}

export function createWires(time: Time, chance: Chance, count: (kind: string) => void): Wires {
  const machines = new Map<PeerId, Machine>()
  const connections = new Map<string, Path>()
  /** Connections that carry streams: the best one, and one it has replaced a moment ago. */
  const alive = new Map<string, Set<Path>>()
  const pair = (a: PeerId, b: PeerId) => [a, b].sort().join(' ')
  const noticeMs = () => chance.pick([0, 5, 200, 4_000])

  const wires: Wires = {
    faults: NO_FAULTS,
    plug(self) {
      const machine: Machine = { self, paths: new Map(), listeners: new Set(), ends: new Set(), handler: undefined }
      machines.set(self, machine)
      return networkOf(machine)
    },
    unplug(self) {
      const machine = machines.get(self)
      machines.delete(self)
      for (const key of [...connections.keys()]) {
        const other = key.split(' ').find((one) => one !== self)
        if (!key.includes(self) || other === undefined) continue
        connections.delete(key)
        alive.delete(key)
        const far = machines.get(other)
        time.at(noticeMs(), () => far && notice(far, self))
      }
      for (const end of machine?.ends ?? []) machine?.ends.delete(end)
    },
    connect(a, b, over) {
      // Each connection is one of its own.
      const path = { ...over }
      const [one, other] = [machines.get(a), machines.get(b)]
      if (!one || !other) return
      const before = connections.get(pair(a, b))
      connections.set(pair(a, b), path)
      alive.set(pair(a, b), (alive.get(pair(a, b)) ?? new Set()).add(path))
      if (before)
        time.at(REPLACED_LASTS_MS, () => {
          alive.get(pair(a, b))?.delete(before)
          notice(one, b)
          notice(other, a)
        })
      for (const [machine, peer] of [
        [one, b],
        [other, a],
      ] as const)
        time.at(chance.between(0, 10), () => {
          if (machines.get(machine.self) === machine && connections.get(pair(a, b)) === path)
            setPath(machine, peer, path)
        })
    },
    cut(a, b) {
      connections.delete(pair(a, b))
      alive.delete(pair(a, b))
      for (const [self, peer] of [
        [a, b],
        [b, a],
      ] as const) {
        const machine = machines.get(self)
        if (machine) time.at(noticeMs(), () => notice(machine, peer))
      }
    },
    isConnected: (a, b) => connections.has(pair(a, b)),
  }

  /** Streams of a connection that is gone end; a newer connection to the same peer is left alone. */
  function notice(machine: Machine, peer: PeerId): void {
    for (const end of [...machine.ends])
      if (end.peer === peer && !isAlive(end)) end.reset(new Error('the connection was lost'))
    if (!connections.has(pair(machine.self, peer))) setPath(machine, peer, NO_PATH)
  }

  function setPath(machine: Machine, peer: PeerId, path: Path): void {
    machine.paths.set(peer, path)
    for (const listener of [...machine.listeners]) listener(peer, path)
  }

  const others = new Map<End, End>()
  const connectionOf = new Map<End, Path>()
  const isAlive = (end: End) => {
    const path = connectionOf.get(end)
    return path !== undefined && alive.get(pair(end.self, end.peer))?.has(path) === true
  }

  function createEnd(machine: Machine, peer: PeerId, direction: 'inbound' | 'outbound', path: Path): End {
    const ended = new AbortController()
    const arrived: (Uint8Array | 'closed')[] = []
    let wake = () => {}
    let failure: Error | undefined
    let isWritable = true
    let isReadable = true
    let free = 0
    let held: Uint8Array | undefined

    const isThere = () => machines.get(machine.self) === machine
    function travel(frame: Uint8Array | 'closed'): void {
      const far = others.get(end)
      // A stream keeps its order; what overtakes is a fault.
      free = Math.max(free, time.now + chance.between(1, 40))
      time.at(free - time.now, () => {
        if (far && isThere() && isAlive(end) && machines.get(far.self)?.ends.has(far)) far.arrive(frame)
      })
    }
    function depart(frame: Uint8Array): void {
      const { drop, duplicate, reorder } = wires.faults
      if (chance.happens(drop)) {
        count('drop')
        return
      }
      if (!held && chance.happens(reorder)) {
        held = frame
        return
      }
      travel(frame)
      count('deliver')
      if (held) {
        travel(held)
        held = undefined
        count('reorder')
      }
      if (chance.happens(duplicate)) {
        travel(frame)
        count('duplicate')
      }
    }
    const finish = () => {
      if (isWritable || isReadable) return
      machine.ends.delete(end)
      ended.abort()
    }
    const end: End = {
      self: machine.self,
      peer,
      direction,
      path: () => path,
      ended: ended.signal,
      async send(frame) {
        if (failure) throw failure
        if (!isWritable) throw new Error('the stream is closed')
        // A dead machine waits for ever.
        await new Promise<void>((resolve) => {
          time.at(chance.between(0, 3), () => {
            if (isThere()) resolve()
          })
        })
        if (failure) throw failure
        if (isWritable) depart(Uint8Array.from(frame))
      },
      async close() {
        if (!isWritable) return
        isWritable = false
        travel('closed')
        finish()
      },
      abort(reason) {
        if (failure) return
        const far = others.get(end)
        end.reset(reason)
        time.at(chance.between(1, 40), () => {
          if (far && machines.get(far.self)?.ends.has(far)) far.reset(new Error('the stream was reset'))
        })
      },
      arrive(frame) {
        arrived.push(frame)
        wake()
      },
      reset(reason) {
        if (failure) return
        failure = reason
        isWritable = false
        isReadable = false
        machine.ends.delete(end)
        wake()
        ended.abort(reason)
      },
      async *[Symbol.asyncIterator]() {
        for (;;) {
          if (failure) throw failure
          const next = arrived.shift()
          if (next === 'closed') {
            isReadable = false
            finish()
            return
          }
          if (next) yield next
          else if (!isReadable) return
          else
            await new Promise<void>((resolve) => {
              wake = resolve
            })
        }
      },
    }
    machine.ends.add(end)
    connectionOf.set(end, path)
    return end
  }

  function networkOf(machine: Machine): Network {
    const never = () => () => {}
    const empty: Listing<never> = { rows: () => [], onChange: never }
    return {
      self: machine.self,
      start: async () => {},
      stop: async () => {},
      peers: empty,
      attempts: empty,
      relays: empty,
      nearby: empty,
      report() {
        throw new Error('not simulated')
      },
      ownAddresses: () => ({ relayed: [], direct: [] }),
      onOwnChange: never,
      setSettings() {},
      setWanted() {},
      setRelays() {},
      reviewTrust() {},
      retryNow() {},
      path: (peer) => machine.paths.get(peer) ?? NO_PATH,
      onPath(listener) {
        machine.listeners.add(listener)
        return () => machine.listeners.delete(listener)
      },
      async handle(_protocol, _callers, handler) {
        machine.handler = handler
      },
      async open(peer) {
        await new Promise<void>((resolve) => {
          time.at(chance.between(1, 60), resolve)
        })
        const far = machines.get(peer)
        const path = connections.get(pair(machine.self, peer))
        if (!far?.handler || !path || machines.get(machine.self) !== machine) throw new Error('could not be reached')
        const near = createEnd(machine, peer, 'outbound', path)
        const away = createEnd(far, machine.self, 'inbound', path)
        others.set(near, away)
        others.set(away, near)
        const { handler } = far
        time.at(chance.between(1, 40), () => void handler(away))
        return near
      },
    }
  }

  return wires
}
