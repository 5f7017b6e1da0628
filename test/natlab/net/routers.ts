import { CARRIER_NETWORK, type homeNetwork, type homeNetwork6 } from './addresses.ts'
import { INTERNET } from './internet.ts'
import type { LineProgram } from './line-program.ts'
import { internetLines, internetLines6, ipv6Lines } from './machines.ts'
import { compiled, script } from './programs.ts'
import { startRandomNat } from './random-nat.ts'
import { CLOSE_CONE, type RouterKind, ruleset, type Unwanted } from './rules.ts'
import { type PortMapper, startPortMapper } from './upnp.ts'

/** Of every router, towards the inside. */
const ROUTER_MAC = '02:02:00:00:00:01'

/** Where a router's `wan` is plugged in: to the internet as the hub's port of that name, or to a carrier's router. */
export type Uplink =
  | {
      readonly to: 'internet'
      readonly port: string
      readonly network: ReturnType<typeof homeNetwork>
      readonly network6: ReturnType<typeof homeNetwork6>
    }
  | { readonly to: 'carrier'; readonly router: string }

export interface RouterPlan {
  readonly namespace: string
  readonly kind: RouterKind
  readonly uplink: Uplink
  /** First three octets of the network inside. */
  readonly inner: string
  readonly unwanted: Unwanted
  readonly hasLoss: boolean
  readonly upnp: 'igd1' | 'igd2'
  readonly number: number
}

/** A router that runs: bridge `lan` inside, interface `wan` outside. */
export interface Router {
  readonly namespace: string
  readonly mapper: PortMapper | undefined
  /** Connections and NAT mappings forgotten. */
  forget(): Promise<void>
  /** Port mappings too. */
  reboot(): Promise<void>
  remove(): Promise<void>
}

/** Builds one; the hub is not told of its port yet, so nothing reaches it from outside. */
export async function buildRouter(plan: RouterPlan): Promise<Router> {
  const { namespace, kind } = plan
  const far = plan.uplink.to === 'internet' ? INTERNET : plan.uplink.router
  const farEnd = plan.uplink.to === 'internet' ? plan.uplink.port : `customer${plan.number}`
  await script(undefined, [
    `ip netns add ${namespace}`,
    `ip link add wan netns ${namespace} type veth peer name ${farEnd} netns ${far}`,
    ...(plan.uplink.to === 'internet'
      ? [`ip -n ${far} link set ${farEnd} up`]
      : [`ip -n ${far} link set ${farEnd} master lan up`]),
  ])
  const random = kind === 'random' && plan.uplink.to === 'internet'
  await script(namespace, [...basics(kind === 'firewall6'), ...inside(plan), ...outside(plan)])
  await script(namespace, [`nft -f - <<'RULES'\n${ruleset(kind, plan.unwanted, outerAddress(plan))}\nRULES`])
  const nat: LineProgram | undefined = random ? await startRandomNat(namespace, outerAddress(plan)) : undefined
  const mapper =
    kind === 'mapped' ? await startPortMapper(namespace, { version: plan.upnp, number: plan.number }) : undefined
  const flush = await compiled('conntrack-flush.c')

  async function forget(): Promise<void> {
    await nat?.ask('forget')
    await script(namespace, [...(kind === 'cone' ? [`nft '${CLOSE_CONE}'`] : []), flush])
  }

  return {
    namespace,
    mapper,
    forget,
    async reboot() {
      await mapper?.reboot()
      await forget()
    },
    async remove() {
      await Promise.all([mapper?.stop(), nat?.stop()])
      await script(undefined, [`ip netns del ${namespace}`])
    },
  }
}

function outerAddress({ uplink }: RouterPlan): string {
  return uplink.to === 'internet' ? uplink.network.address : `${CARRIER_NETWORK}.2`
}

function basics(hasIpv6: boolean): readonly string[] {
  return [
    ...ipv6Lines(hasIpv6),
    `echo ${hasIpv6 ? 1 : 0} > /proc/sys/net/ipv6/conf/all/forwarding`,
    'echo 1 > /proc/sys/net/ipv4/ip_forward',
    'cd /proc/sys/net/ipv4/conf',
    // New interfaces take after the machine's own settings, whatever those are.
    'for each in all default */; do echo 0 > $each/rp_filter; echo 0 > $each/send_redirects; done',
    'cd /',
    'ip link set lo up',
  ]
}

function inside({ inner, kind, uplink }: RouterPlan): readonly string[] {
  return [
    // Without snooping, which would hold back multicast (SSDP, mDNS) until somebody asks for it.
    // A bridge left to itself takes the address of one of its ports, and changes it under its neighbours when that one goes.
    `ip link add name lan address ${ROUTER_MAC} type bridge mcast_snooping 0 forward_delay 0`,
    'ip link set lan up',
    ...(kind === 'firewall6'
      ? uplink.to === 'internet'
        ? [`ip addr add ${uplink.network6.inner(1)}/64 dev lan nodad`]
        : []
      : [`ip addr add ${inner}.1/24 dev lan`]),
  ]
}

function outside({ kind, uplink, hasLoss }: RouterPlan): readonly string[] {
  if (uplink.to === 'carrier')
    return [
      'ip link set wan up',
      `ip addr add ${CARRIER_NETWORK}.2/24 dev wan`,
      `ip route add default via ${CARRIER_NETWORK}.1`,
    ]
  const { address, gateway } = uplink.network
  if (kind === 'firewall6') {
    // The IPv4 lines give the interface its hardware address too.
    return [...internetLines('wan', { gateway }, hasLoss), ...internetLines6('wan', uplink.network6.outer)]
  }
  if (kind !== 'random') return internetLines('wan', { address, gateway }, hasLoss)
  // The outer address is not the router's own: what comes for it, and all from inside, goes to the program behind `nat`.
  return [
    ...internetLines('wan', { gateway }, hasLoss),
    'ip tuntap add dev nat mode tun',
    'ip link set nat txqueuelen 10000 up',
    `ip route add ${address} dev nat`,
    'ip route add default dev nat table 100',
    'ip rule add iif lan lookup 100',
  ]
}
