import { type Asked, answered, failed, shown } from './asked.ts'
import { findAll, readXml, textOf } from './xml.ts'

/** What opens ports in a router: its service type and where it takes requests. */
export interface WanService {
  readonly type: string
  readonly control: URL
}

// Best first. Version 2 knows everything of version 1.
const TYPES = [
  'urn:schemas-upnp-org:service:WANIPConnection:2',
  'urn:schemas-upnp-org:service:WANIPConnection:1',
  'urn:schemas-upnp-org:service:WANPPPConnection:1',
]
const URL_MAX_CHARACTERS = 512

/**
 * An address a router named, as far as we follow it: plain HTTP on the very IP address that answered. Whatever a device
 * says, we are never sent to another machine.
 */
export function ownUrl(text: string, responder: string, base?: URL): URL | undefined {
  if (text.length > URL_MAX_CHARACTERS) return undefined
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined
  const isOwn = url?.protocol === 'http:' && url.hostname === responder && url.username === '' && url.password === ''
  return isOwn ? url : undefined
}

/** The services of a device description that open ports, best first (UPnP Device Architecture 1.1, section 2.3). */
export function readDescription(source: string, location: URL): Asked<readonly WanService[]> {
  const root = readXml(source)
  if (root?.name !== 'root') return failed('bad-answer', 'its description cannot be read')
  // Before version 1.1 of UPnP, addresses were relative to this.
  const base = textOf(root, 'URLBase') || location.href
  if (ownUrl(base, location.hostname) === undefined) return failed('bad-answer', `points to ${shown(base)}`)

  const services: WanService[] = []
  for (const service of findAll(root, 'service')) {
    const type = textOf(service, 'serviceType')
    if (type === undefined || !TYPES.includes(type)) continue
    const path = textOf(service, 'controlURL') ?? ''
    const control = ownUrl(path, location.hostname, new URL(base))
    if (control === undefined) return failed('bad-answer', `points to ${shown(path)}`)
    services.push({ type, control })
  }
  if (services.length === 0) return failed('not-supported', 'it has no service that opens ports')
  return answered(services.sort((a, b) => TYPES.indexOf(a.type) - TYPES.indexOf(b.type)))
}
