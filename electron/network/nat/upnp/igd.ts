import { type Asked, answered, failed, shown } from './asked.ts'
import type { WanService } from './description.ts'
import { judgeOuter, type Outer } from './lan.ts'
import { type Ask, type Found, IGD_ERROR, type Want } from './mapping.ts'
import { type Asking, callAction } from './soap.ts'
import { textOf } from './xml.ts'

/** The part of a router that opens ports (WANIPConnection:1 and :2, WANPPPConnection:1). */
export interface Igd {
  /** Service and version, for people: `WANIPConnection:2`. */
  readonly name: string
  outer(signal: AbortSignal): Promise<Asked<Outer>>
  add(want: Want, ask: Ask, signal: AbortSignal): Promise<Asked<undefined>>
  /** Whom the router says it forwards this outer port to. Not answered at all is a failure, everything else is told. */
  find(want: Want, externalPort: number, signal: AbortSignal): Promise<Asked<Found>>
  remove(want: Want, externalPort: number, signal: AbortSignal): Promise<Asked<undefined>>
}

// The name of the program, and nothing about whose it is: everybody on the local network can read it.
const DESCRIPTION = 'sightline'

// miniupnpd, which many routers run, keeps a private address of its outer side to itself and opens nothing.
const HIDDEN: Outer = { kind: 'hidden' }

export function createIgd(service: WanService, asking: Asking): Igd {
  const call = (action: string, values: Readonly<Record<string, string | number>>, signal: AbortSignal) =>
    callAction(service, action, values, asking, signal)
  const entry = ({ protocol }: Want, externalPort: number) => ({
    NewRemoteHost: '',
    NewExternalPort: externalPort,
    NewProtocol: protocol,
  })

  const isConnected = async (signal: AbortSignal) => {
    const asked = await call('GetStatusInfo', {}, signal)
    return asked.state === 'answered' && textOf(asked.value, 'NewConnectionStatus') === 'Connected'
  }

  return {
    name: service.type.split(':').slice(-2).join(':'),

    async outer(signal) {
      const asked = await call('GetExternalIPAddress', {}, signal)
      if (asked.state === 'failed') return asked
      const text = textOf(asked.value, 'NewExternalIPAddress') ?? ''
      const outer = text === '' && (await isConnected(signal)) ? HIDDEN : judgeOuter(text)
      return outer === undefined
        ? failed('bad-answer', `its outer address is ${shown(text) || 'missing'}`)
        : answered(outer)
    },

    async add(want, { externalPort, leaseSeconds }, signal) {
      const values = {
        ...entry(want, externalPort),
        NewInternalPort: want.port,
        NewInternalClient: want.host,
        NewEnabled: 1,
        NewPortMappingDescription: DESCRIPTION,
        NewLeaseDuration: leaseSeconds,
      }
      return withoutValue(await call('AddPortMapping', values, signal))
    },

    async find(want, externalPort, signal) {
      const asked = await call('GetSpecificPortMappingEntry', entry(want, externalPort), signal)
      if (asked.state === 'failed') {
        if (asked.reason === 'no-answer' || asked.reason === 'cut-off') return asked
        return answered(asked.code === IGD_ERROR.noSuchEntry ? 'none' : 'unknown')
      }
      const client = textOf(asked.value, 'NewInternalClient')
      const port = textOf(asked.value, 'NewInternalPort')
      return answered(client === want.host && Number(port) === want.port ? 'ours' : 'foreign')
    },

    async remove(want, externalPort, signal) {
      return withoutValue(await call('DeletePortMapping', entry(want, externalPort), signal))
    },
  }
}

function withoutValue(asked: Asked<unknown>): Asked<undefined> {
  return asked.state === 'failed' ? asked : answered(undefined)
}
