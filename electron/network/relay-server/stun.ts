import { crc32 } from 'node:zlib'

// STUN messages, RFC 8489 (which replaced RFC 5389), with CHANGE-REQUEST, RESPONSE-ORIGIN and OTHER-ADDRESS of RFC 5780.
// Only Binding, only what a server answers without knowing the client: no users, no integrity.

const STUN_HEADER_BYTES = 20
/** Larger messages are not read. A request with every attribute we know has under 100 bytes. */
export const STUN_MESSAGE_MAX_BYTES = 548
const TRANSACTION_BYTES = 12
/** RFC 8489 section 5: tells STUN from anything else on the same port. */
const MAGIC_COOKIE = 0x2112_a442
/** RFC 8489 section 14.7. */
const FINGERPRINT_XOR = 0x5354_554e

const MESSAGE = { request: 0x0001, success: 0x0101, error: 0x0111 } as const
const ATTRIBUTE = {
  changeRequest: 0x0003,
  errorCode: 0x0009,
  unknownAttributes: 0x000a,
  xorMappedAddress: 0x0020,
  fingerprint: 0x8028,
  responseOrigin: 0x802b,
  otherAddress: 0x802c,
} as const
/** RFC 8489 section 14: attributes below this must be understood, others may be ignored. */
const FIRST_OPTIONAL_ATTRIBUTE = 0x8000
const CHANGE_IP_FLAG = 0x04
const CHANGE_PORT_FLAG = 0x02

export interface Endpoint {
  /** In text: `192.0.2.1` or `2001:db8::1`. */
  readonly ip: string
  readonly port: number
}

export interface BindingRequest {
  /** 12 bytes that the answer repeats. */
  readonly transaction: Uint8Array
  /** Answer from the other port (RFC 5780 section 7.2). */
  readonly changePort: boolean
  readonly changeIp: boolean
  /** Required attributes we do not know: the answer is error 420. */
  readonly unknown: readonly number[]
  readonly hasFingerprint: boolean
}

export interface BindingResponse {
  readonly transaction: Uint8Array
  /** The sender's address and port as the server saw them. */
  readonly mapped: Endpoint
  /** Where the answer came from. */
  readonly origin?: Endpoint
  /** Where an answer to a request with `changePort` comes from. */
  readonly other?: Endpoint
  readonly hasFingerprint: boolean
}

/** Reads a Binding request. `undefined`: not one, and to be dropped without an answer. */
export function decodeBindingRequest(bytes: Uint8Array): BindingRequest | undefined {
  const message = decode(bytes)
  if (message?.type !== MESSAGE.request) return undefined
  const change = message.attributes.find(({ type }) => type === ATTRIBUTE.changeRequest)
  if (change !== undefined && change.value.byteLength !== 4) return undefined
  const flags = change?.value[3] ?? 0
  return {
    transaction: message.transaction,
    changePort: (flags & CHANGE_PORT_FLAG) !== 0,
    changeIp: (flags & CHANGE_IP_FLAG) !== 0,
    unknown: message.attributes
      .map(({ type }) => type)
      .filter((type) => type < FIRST_OPTIONAL_ATTRIBUTE && type !== ATTRIBUTE.changeRequest),
    hasFingerprint: message.hasFingerprint,
  }
}

export function encodeBindingRequest(request: Omit<BindingRequest, 'unknown'>): Uint8Array {
  const flags = (request.changePort ? CHANGE_PORT_FLAG : 0) | (request.changeIp ? CHANGE_IP_FLAG : 0)
  const change = flags === 0 ? [] : [{ type: ATTRIBUTE.changeRequest, value: Uint8Array.of(0, 0, 0, flags) }]
  return encode(MESSAGE.request, request.transaction, change, request.hasFingerprint)
}

export function encodeBindingResponse(response: BindingResponse): Uint8Array {
  const attributes: Attribute[] = [
    { type: ATTRIBUTE.xorMappedAddress, value: xorAddress(encodeAddress(response.mapped), response.transaction) },
  ]
  if (response.origin !== undefined)
    attributes.push({ type: ATTRIBUTE.responseOrigin, value: encodeAddress(response.origin) })
  if (response.other !== undefined)
    attributes.push({ type: ATTRIBUTE.otherAddress, value: encodeAddress(response.other) })
  return encode(MESSAGE.success, response.transaction, attributes, response.hasFingerprint)
}

/** Reads the answer to a Binding request. `undefined`: damaged, an error, or not an answer. */
export function decodeBindingResponse(bytes: Uint8Array): BindingResponse | undefined {
  const message = decode(bytes)
  if (message?.type !== MESSAGE.success) return undefined
  const value = (wanted: number) => message.attributes.find(({ type }) => type === wanted)?.value
  const xored = value(ATTRIBUTE.xorMappedAddress)
  const mapped = xored && decodeAddress(xorAddress(xored, message.transaction))
  if (mapped === undefined) return undefined
  const origin = decodeAddress(value(ATTRIBUTE.responseOrigin))
  const other = decodeAddress(value(ATTRIBUTE.otherAddress))
  return {
    transaction: message.transaction,
    mapped,
    ...(origin && { origin }),
    ...(other && { other }),
    hasFingerprint: message.hasFingerprint,
  }
}

/** Error 420 (Unknown Attribute) with the attributes that were not understood, RFC 8489 sections 6.3.1 and 14.8. */
export function encodeUnknownAttributes(request: BindingRequest, unknown: readonly number[]): Uint8Array {
  const reason = new TextEncoder().encode('Unknown Attribute')
  const code = Uint8Array.of(0, 0, 4, 20, ...reason)
  const list = new Uint8Array(unknown.length * 2)
  unknown.forEach((type, at) => {
    view(list).setUint16(at * 2, type)
  })
  return encode(
    MESSAGE.error,
    request.transaction,
    [
      { type: ATTRIBUTE.errorCode, value: code },
      { type: ATTRIBUTE.unknownAttributes, value: list },
    ],
    request.hasFingerprint,
  )
}

/** The attribute a server names when it cannot answer from another address. */
export const CHANGE_REQUEST_ATTRIBUTE = ATTRIBUTE.changeRequest

/** Length of the first message in what a TCP connection has carried so far; `incomplete`, or `garbage` that ends the connection. */
export function firstMessageLength(bytes: Uint8Array): number | 'incomplete' | 'garbage' {
  if ((bytes[0] ?? 0) > 0x3f) return 'garbage'
  if (bytes.byteLength < STUN_HEADER_BYTES) return 'incomplete'
  if (view(bytes).getUint32(4) !== MAGIC_COOKIE) return 'garbage'
  const length = STUN_HEADER_BYTES + view(bytes).getUint16(2)
  if (length > STUN_MESSAGE_MAX_BYTES) return 'garbage'
  return bytes.byteLength < length ? 'incomplete' : length
}

interface Attribute {
  readonly type: number
  readonly value: Uint8Array
}

interface Message {
  readonly type: number
  readonly transaction: Uint8Array
  readonly attributes: readonly Attribute[]
  readonly hasFingerprint: boolean
}

function decode(bytes: Uint8Array): Message | undefined {
  if (bytes.byteLength > STUN_MESSAGE_MAX_BYTES || firstMessageLength(bytes) !== bytes.byteLength) return undefined
  if (bytes.byteLength % 4 !== 0) return undefined
  const attributes: Attribute[] = []
  let hasFingerprint = false
  for (let at = STUN_HEADER_BYTES; at < bytes.byteLength; ) {
    // Nothing may follow the fingerprint (RFC 8489 section 14.7).
    if (hasFingerprint) return undefined
    const type = view(bytes).getUint16(at)
    const length = view(bytes).getUint16(at + 2)
    const start = at + 4
    if (start + length > bytes.byteLength) return undefined
    const value = bytes.slice(start, start + length)
    if (type === ATTRIBUTE.fingerprint) {
      if (length !== 4 || view(value).getUint32(0) !== fingerprint(bytes.subarray(0, at))) return undefined
      hasFingerprint = true
    } else {
      attributes.push({ type, value })
    }
    at = start + length + padding(length)
  }
  return { type: view(bytes).getUint16(0), transaction: bytes.slice(8, STUN_HEADER_BYTES), attributes, hasFingerprint }
}

function encode(type: number, transaction: Uint8Array, attributes: readonly Attribute[], hasFingerprint: boolean) {
  if (transaction.byteLength !== TRANSACTION_BYTES) throw new RangeError('a STUN transaction has 12 bytes')
  const bodyBytes = attributes.reduce((sum, { value }) => sum + 4 + value.byteLength + padding(value.byteLength), 0)
  const bytes = new Uint8Array(STUN_HEADER_BYTES + bodyBytes + (hasFingerprint ? 8 : 0))
  view(bytes).setUint16(0, type)
  view(bytes).setUint16(2, bytes.byteLength - STUN_HEADER_BYTES)
  view(bytes).setUint32(4, MAGIC_COOKIE)
  bytes.set(transaction, 8)
  let at = STUN_HEADER_BYTES
  for (const attribute of attributes) {
    view(bytes).setUint16(at, attribute.type)
    view(bytes).setUint16(at + 2, attribute.value.byteLength)
    bytes.set(attribute.value, at + 4)
    at += 4 + attribute.value.byteLength + padding(attribute.value.byteLength)
  }
  if (hasFingerprint) {
    view(bytes).setUint16(at, ATTRIBUTE.fingerprint)
    view(bytes).setUint16(at + 2, 4)
    view(bytes).setUint32(at + 4, fingerprint(bytes.subarray(0, at)))
  }
  return bytes
}

/** CRC-32 of everything before the attribute, with the header's length already counting it. */
function fingerprint(before: Uint8Array): number {
  return (crc32(before) ^ FINGERPRINT_XOR) >>> 0
}

function encodeAddress({ ip, port }: Endpoint): Uint8Array {
  const address = ip.includes(':') ? ipv6Bytes(ip) : Uint8Array.from(ip.split('.').map(Number))
  const bytes = new Uint8Array(4 + address.byteLength)
  bytes[1] = address.byteLength === 4 ? 1 : 2
  view(bytes).setUint16(2, port)
  bytes.set(address, 4)
  return bytes
}

function decodeAddress(bytes: Uint8Array | undefined): Endpoint | undefined {
  if (bytes === undefined || bytes.byteLength < 8) return undefined
  const port = view(bytes).getUint16(2)
  if (bytes[1] === 1 && bytes.byteLength === 8) return { ip: bytes.subarray(4).join('.'), port }
  if (bytes[1] === 2 && bytes.byteLength === 20) return { ip: ipv6Text(bytes.subarray(4)), port }
  return undefined
}

/** RFC 8489 section 14.2; its own inverse. NATs rewrite addresses they find in the open. */
function xorAddress(bytes: Uint8Array, transaction: Uint8Array): Uint8Array {
  const key = new Uint8Array(4 + TRANSACTION_BYTES)
  view(key).setUint32(0, MAGIC_COOKIE)
  key.set(transaction, 4)
  return bytes.map((byte, at) => {
    if (at < 2) return byte
    return byte ^ (key[at < 4 ? at - 2 : at - 4] ?? 0)
  })
}

function ipv6Bytes(ip: string): Uint8Array {
  const [head = '', tail] = (ip.split('%')[0] ?? ip).split('::')
  const words = (part: string) => (part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16)))
  const left = words(head)
  const right = words(tail ?? '')
  const all = [...left, ...new Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0), ...right]
  return Uint8Array.from(all.slice(0, 8).flatMap((word) => [word >> 8, word & 0xff]))
}

/** The shortest form (RFC 5952), as the platform writes it. */
function ipv6Text(bytes: Uint8Array): string {
  const words = Array.from({ length: 8 }, (_, at) =>
    view(bytes)
      .getUint16(at * 2)
      .toString(16),
  )
  return new URL(`http://[${words.join(':')}]`).hostname.slice(1, -1)
}

const padding = (length: number) => (4 - (length % 4)) % 4
const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
