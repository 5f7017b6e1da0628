// RFC 3492, the decoding half, with the parameters of section 5. Browsers show hosts in this form only.
const BASE = 36
const T_MIN = 1
const T_MAX = 26
const SKEW = 38
const DAMP = 700
const BIAS_FIRST = 72
const FIRST_OTHER = 128
const LAST_CODE_POINT = 0x10ffff

/** A label of a host as it was meant to be read: `xn--bcher-kva` is `bücher`. A label that is none stays as it is. */
export function decodeLabel(label: string): string {
  if (!label.toLowerCase().startsWith('xn--')) return label
  return decode(label.slice(4)) ?? label
}

function decode(encoded: string): string | undefined {
  const end = encoded.lastIndexOf('-')
  const points = [...encoded.slice(0, Math.max(0, end))].map((character) => character.codePointAt(0) ?? 0)
  let next = FIRST_OTHER
  let at = 0
  let bias = BIAS_FIRST
  for (let read = end + 1; read < encoded.length; ) {
    const before = at
    let weight = 1
    for (let k = BASE; ; k += BASE) {
      const digit = digitOf(encoded.charCodeAt(read++))
      if (digit === undefined) return undefined
      at += digit * weight
      const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias))
      if (digit < threshold) break
      weight *= BASE - threshold
      if (weight > Number.MAX_SAFE_INTEGER / BASE) return undefined
    }
    const length = points.length + 1
    bias = adapt(at - before, length, before === 0)
    next += Math.floor(at / length)
    at %= length
    if (next > LAST_CODE_POINT) return undefined
    points.splice(at++, 0, next)
  }
  return String.fromCodePoint(...points)
}

function digitOf(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26
  if (code >= 0x41 && code <= 0x5a) return code - 0x41
  if (code >= 0x61 && code <= 0x7a) return code - 0x61
  return undefined
}

function adapt(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2))
  rest += Math.floor(rest / length)
  let k = 0
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN))
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW))
}
