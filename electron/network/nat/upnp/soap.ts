import { type Asked, answered, failed, shown } from './asked.ts'
import type { WanService } from './description.ts'
import { askHttp } from './http.ts'
import { findAll, readXml, textOf, withEntities, type XmlElement } from './xml.ts'

/** How a service is asked: from which of our addresses, and for how long. */
export interface Asking {
  readonly localAddress: string
  readonly requestMs: number
}

/**
 * Calls an action of a service (UPnP Device Architecture 1.1, section 3.2) and returns its answer. A refusal has the
 * router's own number as `code`.
 */
export async function callAction(
  { type, control }: WanService,
  action: string,
  values: Readonly<Record<string, string | number>>,
  { localAddress, requestMs }: Asking,
  signal: AbortSignal,
): Promise<Asked<XmlElement>> {
  const asked = await askHttp({
    url: control,
    localAddress,
    post: {
      headers: { 'content-type': 'text/xml; charset="utf-8"', soapaction: `"${type}#${action}"` },
      body: envelope(type, action, values),
    },
    timeoutMs: requestMs,
    signal,
  })
  if (asked.state === 'failed') return asked
  const root = readXml(asked.value.body)
  const fault = root === undefined ? undefined : findAll(root, 'UPnPError')[0]
  if (fault !== undefined) return refusal(fault)
  if (asked.value.status !== 200) return failed('refused', `${action}: HTTP ${asked.value.status}`)
  const answer = root === undefined ? undefined : findAll(root, `${action}Response`)[0]
  return answer === undefined ? failed('bad-answer', `${action}: no answer in it`) : answered(answer)
}

function refusal(fault: XmlElement) {
  const code = Number(textOf(fault, 'errorCode'))
  if (!Number.isInteger(code)) return failed('bad-answer', 'a refusal without a number')
  const said = shown(textOf(fault, 'errorDescription') ?? '')
  return failed('refused', `${code} ${said}`.trim(), code)
}

function envelope(type: string, action: string, values: Readonly<Record<string, string | number>>): string {
  const fields = Object.entries(values).map(([name, value]) => `<${name}>${withEntities(String(value))}</${name}>`)
  return [
    '<?xml version="1.0"?>',
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"',
    ' s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>',
    `<u:${action} xmlns:u="${type}">${fields.join('')}</u:${action}>`,
    '</s:Body></s:Envelope>\r\n',
  ].join('')
}
