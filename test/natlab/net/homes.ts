import { CARRIER_NETWORK, homeNetwork, homeNetwork6, innerNetwork } from './addresses.ts'
import { INTERNET, type Internet } from './internet.ts'
import { carryCable, internetLines, ipv6Lines, type Machine } from './machines.ts'
import { script } from './programs.ts'
import { buildRouter, type Router, type RouterPlan } from './routers.ts'
import type { RouterKind } from './rules.ts'
import type { HostOptions, LabOptions, NatKind, PortMapping } from './types.ts'

export interface Place {
  readonly address: string
  readonly address6: string | undefined
  readonly outerAddress: string
}

/** Somebody's network, with everything between its machines and the internet. */
export interface Home {
  readonly kind: NatKind
  /** The hub's name for its line. */
  readonly port: string
  /** Plugs an unplugged machine in and gives it an address and a route. */
  plug(machine: Machine): Promise<Place>
  forget(): Promise<void>
  reboot(): Promise<void>
  mappings(): Promise<readonly PortMapping[]>
  /** Every machine must have been plugged in elsewhere, or be gone. */
  remove(): Promise<void>
}

/** The router nearest to the machine, and the carrier's where there is one. */
const ROUTERS: Readonly<Record<Exclude<NatKind, 'public'>, readonly [RouterKind] | readonly [RouterKind, RouterKind]>> =
  {
    mapped: ['mapped'],
    cone: ['cone'],
    restricted: ['restricted'],
    shifted: ['shifted'],
    random: ['random'],
    noudp: ['noudp'],
    symmetric: ['symmetric'],
    cgn: ['restricted', 'restricted'],
    cgnsym: ['restricted', 'symmetric'],
    firewall6: ['firewall6'],
  }

export interface HomeOptions {
  readonly internet: Internet
  readonly lab: LabOptions
  readonly number: number
  readonly host: HostOptions
}

/** A place on the internet itself, for one machine. */
export function publicHome({ internet, lab, number }: HomeOptions, cable: string): Home {
  const network = homeNetwork(number)
  return {
    kind: 'public',
    port: cable,
    async plug(machine) {
      await carryCable(machine, INTERNET)
      await script(INTERNET, [`ip link set ${cable} up`])
      await script(machine.namespace, [
        ...ipv6Lines(false),
        'ip link set lo up',
        ...internetLines('eth0', network, hasLoss(lab)),
      ])
      await internet.addPort(cable, [network.network])
      return { address: network.address, address6: undefined, outerAddress: network.address }
    },
    forget: () => Promise.resolve(),
    reboot: () => Promise.resolve(),
    mappings: () => Promise.resolve([]),
    remove: () => internet.removePort(cable),
  }
}

/** A network behind its own router, or two. */
export async function buildHome(kind: Exclude<NatKind, 'public'>, options: HomeOptions): Promise<Home> {
  const { internet, lab, number, host } = options
  const network = homeNetwork(number)
  const network6 = homeNetwork6(number)
  const port = `line${number}`
  const inner = innerNetwork(number)
  const [nearest, ownCarrier] = ROUTERS[kind]
  const carrierKind = ownCarrier ?? (host.isBehindCarrier ? 'restricted' : undefined)
  const common = {
    number,
    unwanted: host.wan ?? lab.wan ?? 'drop',
    hasLoss: hasLoss(lab),
    upnp: lab.upnp ?? 'igd2',
  } as const
  const line: RouterPlan['uplink'] = { to: 'internet', port, network, network6 }

  const routers: Router[] = []
  if (carrierKind !== undefined) {
    const carrier = {
      ...common,
      namespace: `carrier${number}`,
      kind: carrierKind,
      uplink: line,
      inner: CARRIER_NETWORK,
    }
    routers.unshift(await buildRouter(carrier))
  }
  const uplink: RouterPlan['uplink'] = carrierKind === undefined ? line : { to: 'carrier', router: `carrier${number}` }
  const own = await buildRouter({ ...common, namespace: `router${number}`, kind: nearest, uplink, inner })
  routers.unshift(own)
  await internet.addPort(port, [kind === 'firewall6' ? network6.network : network.network])

  let machines = 0
  async function plug(machine: Machine): Promise<Place> {
    machines += 1
    await carryCable(machine, own.namespace)
    await script(own.namespace, [`ip link set ${machine.cable} master lan up`])
    const start = [
      ...ipv6Lines(kind === 'firewall6'),
      'ip link set lo up',
      `ip link set eth0 address ${machine.mac} up`,
    ]
    if (kind === 'firewall6') {
      const address6 = network6.inner(machines + 1)
      await script(machine.namespace, [
        ...start,
        `ip addr add ${address6}/64 dev eth0 nodad`,
        `ip -6 route add default via ${network6.inner(1)}`,
      ])
      return { address: address6, address6, outerAddress: address6 }
    }
    const address = `${inner}.${machines + 1}`
    await script(machine.namespace, [
      ...start,
      `ip addr add ${address}/24 dev eth0`,
      `ip route add default via ${inner}.1`,
    ])
    return { address, address6: undefined, outerAddress: network.address }
  }

  return {
    kind,
    port,
    plug,
    async forget() {
      await Promise.all(routers.map((router) => router.forget()))
    },
    reboot: () => own.reboot(),
    mappings: () => own.mapper?.mappings() ?? Promise.reject(new Error(`a ${kind} router maps no ports`)),
    async remove() {
      await internet.removePort(port)
      for (const router of routers) await router.remove()
    },
  }
}

function hasLoss({ lossPercent = 0 }: LabOptions): boolean {
  return lossPercent > 0
}
