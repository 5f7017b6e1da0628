/** Says whether the next request under a key may be served. */
export type RateLimit = (key: string) => boolean

export interface RateLimitOptions {
  /** Allowed for ever, on average. */
  readonly perSecond: number
  /** Allowed at once after a pause. */
  readonly burst: number
  /** Keys remembered; beyond it everybody shares one bucket, so that a flood of forged senders cannot fill the memory. */
  readonly maxKeys?: number
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number
}

/** A token bucket for each key (an IP address, say). */
export function createRateLimit({
  perSecond,
  burst,
  maxKeys = 10_000,
  now = () => performance.now(),
}: RateLimitOptions): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>()

  const refilled = (bucket: { tokens: number; at: number }, at: number) =>
    Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond)

  /** A bucket that is full again is as good as none. Oldest first: one pass stops at the first that is still in use. */
  const forgetFull = (at: number) => {
    for (const [key, bucket] of buckets) {
      if (refilled(bucket, at) < burst) return
      buckets.delete(key)
    }
  }

  return (key) => {
    const at = now()
    forgetFull(at)
    const isKnown = buckets.has(key)
    const used = isKnown || buckets.size < maxKeys ? key : ''
    const bucket = buckets.get(used) ?? { tokens: burst, at }
    const tokens = refilled(bucket, at)
    const isAllowed = tokens >= 1
    // Deleted first, so that the map stays in order of last use.
    buckets.delete(used)
    buckets.set(used, { tokens: isAllowed ? tokens - 1 : tokens, at })
    return isAllowed
  }
}

/**
 * The part of an IP address that belongs to one customer: an IPv4 address as it is, the first 64 bits of an IPv6 one
 * (a household gets at least a /64 and can take a new address for each packet).
 */
export function addressGroup(ip: string): string {
  const bare = ip.split('%')[0] ?? ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)
  if (mapped?.[1] !== undefined) return mapped[1]
  if (!bare.includes(':')) return bare
  const [head = '', tail] = bare.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  const groups = [...left, ...zeros, ...right].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${groups.join(':')}::/64`
}
