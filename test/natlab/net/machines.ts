import { GATEWAY_MAC, INTERNET, MACHINE_MAC } from './internet.ts'
import { script } from './programs.ts'

/** A machine: a namespace with one interface, `eth0`, whose cable can be pulled and plugged in elsewhere. */
export interface Machine {
  readonly namespace: string
  /** The cable's far end, an interface of that name wherever it is plugged in. */
  readonly cable: string
  readonly mac: string
  /** The namespace the far end is in. */
  pluggedInto: string
}

/** A new machine, its cable's far end lying loose on the internet. */
export async function newMachine(namespace: string, number: number): Promise<Machine> {
  const cable = `cable${number}`
  await script(undefined, [
    `ip netns add ${namespace}`,
    `ip link add ${cable} netns ${INTERNET} type veth peer name eth0 netns ${namespace}`,
  ])
  const mac = `02:01:00:00:${hex(number >> 8)}:${hex(number & 255)}`
  return { namespace, cable, mac, pluggedInto: INTERNET }
}

/** Takes the machine off its network: no interface up, no address, no route. */
export async function unplug(machine: Machine): Promise<void> {
  await script(machine.namespace, ['ip link set eth0 down', 'ip addr flush dev eth0'])
}

/** Moves the cable's far end to another namespace and brings it up there. */
export async function carryCable(machine: Machine, to: string): Promise<void> {
  if (machine.pluggedInto !== to)
    await script(undefined, [`ip -n ${machine.pluggedInto} link set ${machine.cable} netns ${to}`])
  machine.pluggedInto = to
}

/** Lines that switch IPv6 on or off in the namespace they run in. Addresses are taken as they are, without asking around first. */
export function ipv6Lines(isOn: boolean): readonly string[] {
  return [
    'cd /proc/sys/net/ipv6/conf',
    `for each in all default */; do echo ${isOn ? 0 : 1} > $each/disable_ipv6; echo 0 > $each/accept_dad; echo 0 > $each/accept_ra; done`,
    'cd /',
  ]
}

/** Lines that put an interface on the internet, where the gateway's hardware address is known for ever (hub.c). */
export function internetLines(
  device: string,
  { address, gateway }: { readonly address?: string; readonly gateway: string },
  hasLoss: boolean,
): readonly string[] {
  return [
    `ip link set ${device} address ${MACHINE_MAC}`,
    // Else one loss would take a whole burst of segments that the kernel sent as one.
    ...(hasLoss ? [`ip link set ${device} gso_max_segs 1`] : []),
    `ip link set ${device} up`,
    address === undefined ? `ip route add ${gateway} dev ${device}` : `ip addr add ${address}/24 dev ${device}`,
    `ip neigh replace ${gateway} lladdr ${GATEWAY_MAC} dev ${device} nud permanent`,
    `ip route replace default via ${gateway} dev ${device}`,
  ]
}

/** The same for IPv6; the interface must be up. */
export function internetLines6(device: string, address: string): readonly string[] {
  return [
    `ip addr add ${address}/64 dev ${device} nodad`,
    `ip neigh replace fe80::1 lladdr ${GATEWAY_MAC} dev ${device} nud permanent`,
    `ip -6 route replace default via fe80::1 dev ${device}`,
  ]
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
