import type { Connection } from '@libp2p/interface'
import { limitSeconds } from '../places/reserve.ts'

/** What one relayed connection may still carry; absent = the relay stated no such limit. */
export interface Allowance {
  readonly bytesLeft?: number
  readonly secondsLeft?: number
  /** The larger used share of the two, 0 to 1. */
  readonly usedShare: number
}

/** A connection as its limits are read: libp2p counts both of them down while it lives. */
export type LimitedConnection = Pick<Connection, 'limits'> & {
  /** `open`: milliseconds since 1970. */
  readonly timeline: Pick<Connection['timeline'], 'open'>
}

/** A contact's relayed connection is replaced from here on: what is left carries the conversation meanwhile. */
export const RUNNING_OUT_SHARE = 0.75

/**
 * Reads what is left. `bytesAtFirst`: the bytes it had when it opened. `relayAgent`: what its relay says it is, because js-libp2p
 * states milliseconds where seconds belong: then libp2p's countdown starts at a thousand times the time, and still loses
 * one each second.
 */
export function allowanceOf(
  { limits, timeline }: LimitedConnection,
  bytesAtFirst: number | undefined,
  relayAgent: string | undefined,
  now: number,
): Allowance {
  const { bytes, seconds } = limits ?? {}
  const passed = Math.max(0, (now - timeline.open) / 1000)
  const secondsInAll = seconds === undefined ? undefined : limitSeconds(Math.round(seconds + passed), relayAgent)
  const secondsLeft = secondsInAll === undefined ? undefined : Math.max(0, secondsInAll - passed)
  const bytesLeft = bytes === undefined ? undefined : Number(bytes)
  return {
    ...(bytesLeft !== undefined && { bytesLeft }),
    ...(secondsLeft !== undefined && { secondsLeft: Math.round(secondsLeft) }),
    usedShare: Math.max(usedOf(bytesLeft, bytesAtFirst), usedOf(secondsLeft, secondsInAll)),
  }
}

function usedOf(left: number | undefined, inAll: number | undefined): number {
  if (left === undefined || inAll === undefined) return 0
  return inAll <= 0 ? 1 : Math.min(1, Math.max(0, 1 - left / inAll))
}
