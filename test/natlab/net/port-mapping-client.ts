import type { Probe } from './probe.ts'

const SERVICE = 'urn:schemas-upnp-org:service:WANIPConnection:1'
/** Where `miniupnpd` of the lab listens (upnp.ts). */
const PORT = 5000

/** Asks the router for a port mapping in the plainest words UPnP has; resolves with the status of HTTP. */
export async function askForMapping(
  probe: Probe,
  router: string,
  {
    protocol,
    outerPort,
    innerAddress,
    innerPort,
  }: {
    readonly protocol: 'TCP' | 'UDP'
    readonly outerPort: number
    readonly innerAddress: string
    readonly innerPort: number
  },
): Promise<number> {
  const fields = {
    NewRemoteHost: '',
    NewExternalPort: outerPort,
    NewProtocol: protocol,
    NewInternalPort: innerPort,
    NewInternalClient: innerAddress,
    NewEnabled: 1,
    NewPortMappingDescription: 'lab',
    NewLeaseDuration: 600,
  }
  const inner = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`)
  const body = `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><u:AddPortMapping xmlns:u="${SERVICE}">${inner.join('')}</u:AddPortMapping></s:Body></s:Envelope>`
  const { status } = await probe.http(`http://${router}:${PORT}/ctl/IPConn`, {
    action: `"${SERVICE}#AddPortMapping"`,
    body,
  })
  return status
}
