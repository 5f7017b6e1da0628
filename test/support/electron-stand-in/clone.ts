/** Structured-clone values as text, cycles and shared references included. */
export interface Clone {
  encode(value: unknown): string
  decode(text: string): unknown
}

/** One value: itself, or where its definition stands. */
type Cell =
  | readonly ['=', unknown]
  | readonly ['undefined']
  | readonly ['number' | 'bigint', string]
  | readonly ['at', number]

/** Refers to nothing outside itself, because its text also runs inside the page. */
export function makeClone(): Clone {
  const VIEWS = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  }
  const ERRORS = { TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError }
  const toBase64 = (bytes: Uint8Array): string => {
    let text = ''
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
    return btoa(text)
  }
  const fromBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

  const encode = (root: unknown): string => {
    const places = new Map<unknown, number>()
    const definitions: unknown[] = []
    const define = (value: object): unknown => {
      const tag = Object.prototype.toString.call(value).slice(8, -1)
      if (value instanceof Date) return ['date', value.getTime()]
      if (value instanceof RegExp) return ['regexp', value.source, value.flags]
      if (value instanceof Map) return ['map', [...value].map(([key, one]) => [cell(key), cell(one)])]
      if (value instanceof Set) return ['set', [...value].map(cell)]
      if (value instanceof ArrayBuffer) return ['buffer', toBase64(new Uint8Array(value))]
      if (ArrayBuffer.isView(value))
        return ['view', tag, toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))]
      if (value instanceof Error) return ['error', value.name, value.message, value.stack]
      if (Array.isArray(value)) return ['array', Array.from(value, cell)]
      return ['object', Object.entries(value).map(([key, one]) => [key, cell(one)])]
    }
    const cell = (value: unknown): Cell => {
      if (value === null || typeof value === 'string' || typeof value === 'boolean') return ['=', value]
      if (value === undefined) return ['undefined']
      if (typeof value === 'bigint') return ['bigint', String(value)]
      if (typeof value === 'number')
        return Number.isFinite(value) && !Object.is(value, -0)
          ? ['=', value]
          : ['number', Object.is(value, -0) ? '-0' : String(value)]
      if (typeof value !== 'object') throw new TypeError(`a ${typeof value} cannot be cloned`)
      const known = places.get(value)
      if (known !== undefined) return ['at', known]
      const place = places.size
      places.set(value, place)
      definitions[place] = undefined
      definitions[place] = define(value)
      return ['at', place]
    }
    const top = cell(root)
    return JSON.stringify([top, definitions])
  }

  const decode = (text: string): unknown => {
    // Both ends are ours.
    const [root, definitions] = JSON.parse(text) as [Cell, [string, ...never[]][]]
    const made: unknown[] = []
    const value = ([kind, what]: Cell): unknown => {
      switch (kind) {
        case '=':
          return what
        case 'undefined':
          return undefined
        case 'number':
          return Number(what)
        case 'bigint':
          return BigInt(what)
        default:
          return what in made ? made[what] : build(what, definitions[what] ?? ['object'])
      }
    }
    const build = (place: number, [kind, first, second, third]: readonly [string, ...never[]]): unknown => {
      const keep = <Made>(one: Made): Made => {
        made[place] = one
        return one
      }
      switch (kind) {
        case 'date':
          return keep(new Date(first as unknown as number))
        case 'regexp':
          return keep(new RegExp(first as unknown as string, second))
        case 'buffer':
          return keep(fromBase64(first as unknown as string).buffer)
        case 'view': {
          const bytes = fromBase64(second as unknown as string)
          const View = VIEWS[first as unknown as keyof typeof VIEWS]
          return keep(View === undefined ? new DataView(bytes.buffer) : new View(bytes.buffer))
        }
        case 'error': {
          const error = new (ERRORS[first as unknown as keyof typeof ERRORS] ?? Error)(second)
          if (third !== undefined) error.stack = third
          return keep(error)
        }
        case 'map': {
          const map = keep(new Map<unknown, unknown>())
          for (const [key, one] of first as unknown as [Cell, Cell][]) map.set(value(key), value(one))
          return map
        }
        case 'set': {
          const set = keep(new Set<unknown>())
          for (const one of first as unknown as Cell[]) set.add(value(one))
          return set
        }
        case 'array': {
          const array = keep<unknown[]>([])
          for (const one of first as unknown as Cell[]) array.push(value(one))
          return array
        }
        default: {
          const object = keep<Record<string, unknown>>({})
          // Not by assignment: `__proto__` is a key like any other here.
          for (const [key, one] of (first ?? []) as unknown as [string, Cell][])
            Object.defineProperty(object, key, {
              value: value(one),
              writable: true,
              enumerable: true,
              configurable: true,
            })
          return object
        }
      }
    }
    return value(root)
  }
  return { encode, decode }
}
