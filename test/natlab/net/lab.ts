import { existsSync } from 'node:fs'
import { siteNetwork, siteNetwork6 } from './addresses.ts'
import { buildHome, type Home, type Place, publicHome } from './homes.ts'
import { isInside } from './inside.ts'
import { INTERNET, startInternet } from './internet.ts'
import { internetLines, internetLines6, ipv6Lines, type Machine, newMachine, unplug } from './machines.ts'
import { assertTun } from './missing.ts'
import { script, throughNamespace } from './programs.ts'
import type { Host, HostOptions, Lab, LabOptions, NatKind, RelaySite, SiteOptions } from './types.ts'

export * from './types.ts'

/** What the lab knows of a host beyond what it shows. */
interface Resident {
  readonly machine: Machine
  home: Home
  place: Place
}

/**
 * An empty lab: no machine yet, only the internet. Runs inside `runInside` (inside.ts), one at a time; throws elsewhere.
 * Everything it makes ends with `stop`, and with the namespaces in any case.
 */
export async function createLab(options: LabOptions = {}): Promise<Lab> {
  if (!isInside())
    throw new Error('a lab is made inside its own namespaces only: runInside in test/natlab/net/inside.ts')
  if (existsSync(`/run/netns/${INTERNET}`)) throw new Error('one lab at a time: stop the other one first')
  const internet = await startInternet(options)
  const hasLoss = (options.lossPercent ?? 0) > 0
  const residents = new Map<Host, Resident>()
  const siteNames: string[] = []
  const homes = new Map<Home, number>()
  let machines = 0
  let networks = 0

  async function addSite({ hasSecondAddress = false, hasIpv6 = false }: SiteOptions = {}): Promise<RelaySite> {
    const number = siteNames.length
    const name = `site${number + 1}`
    siteNames.push(name)
    const first = siteNetwork(number)
    const second = hasSecondAddress ? siteNetwork(number + 100) : undefined
    const sixth = hasIpv6 ? siteNetwork6(number) : undefined
    machines += 1
    const machine = await newMachine(name, machines)
    await script(INTERNET, [`ip link set ${machine.cable} up`])
    await script(name, [
      ...ipv6Lines(hasIpv6),
      'ip link set lo up',
      ...internetLines('eth0', first, hasLoss),
      ...(second === undefined ? [] : [`ip addr add ${second.address}/24 dev eth0`]),
      ...(sixth === undefined ? [] : internetLines6('eth0', sixth.address)),
    ])
    const there = [first.network, second?.network, sixth?.network].filter((network) => network !== undefined)
    await internet.addPort(machine.cable, there)
    const through = throughNamespace(name)
    return { name, through, address: first.address, secondAddress: second?.address, address6: sixth?.address }
  }

  async function newHome(kind: NatKind, cable: string, host: HostOptions = {}): Promise<Home> {
    if (kind === 'random') assertTun()
    networks += 1
    const home = { internet, lab: options, number: networks, host }
    return kind === 'public' ? publicHome(home, cable) : await buildHome(kind, home)
  }

  async function moveIn(name: string, machine: Machine, home: Home): Promise<Host> {
    homes.set(home, (homes.get(home) ?? 0) + 1)
    const resident: Resident = { machine, home, place: await home.plug(machine) }
    const host: Host = {
      name,
      through: throughNamespace(name),
      get kind() {
        return resident.home.kind
      },
      get address() {
        return resident.place.address
      },
      get address6() {
        return resident.place.address6
      },
      get outerAddress() {
        return resident.place.outerAddress
      },
    }
    residents.set(host, resident)
    return host
  }

  async function newHost(home: (cable: string) => Promise<Home>): Promise<Host> {
    machines += 1
    const name = `host${machines}`
    const machine = await newMachine(name, machines)
    return await moveIn(name, machine, await home(machine.cable))
  }

  function resident(host: Host): Resident {
    const found = residents.get(host)
    if (found === undefined) throw new Error(`${host.name} is not of this lab`)
    return found
  }

  async function leave(home: Home): Promise<void> {
    const left = (homes.get(home) ?? 1) - 1
    homes.set(home, left)
    if (left > 0) return
    homes.delete(home)
    await home.remove()
  }

  async function move(host: Host, kind: NatKind): Promise<void> {
    const of = resident(host)
    const before = of.home
    await unplug(of.machine)
    // A public machine's cable is the line itself, and is let go of before it goes elsewhere.
    if (before.kind === 'public') await leave(before)
    const home = await newHome(kind, of.machine.cable)
    homes.set(home, 1)
    const place = await home.plug(of.machine)
    Object.assign(of, { home, place })
    if (before.kind !== 'public') await leave(before)
  }

  return {
    addSite,
    addHost: (kind, hostOptions) => newHost((cable) => newHome(kind, cable, hostOptions)),
    addBehind(host) {
      const { home } = resident(host)
      if (home.kind === 'public') throw new Error('nothing stands behind a public machine')
      return newHost(() => Promise.resolve(home))
    },
    move,
    setLink: (host, isUp) => internet.block(resident(host).home.port, isUp ? 'none' : 'both'),
    dropOneWay: (host, direction) => internet.block(resident(host).home.port, direction),
    rebootRouter: (host) => resident(host).home.reboot(),
    flushMappings: (host) => resident(host).home.forget(),
    readMappings: (host) => resident(host).home.mappings(),
    trafficBetween: (from, to) => internet.traffic(from, to),
    async stop() {
      for (const home of homes.keys()) await home.remove()
      const left = [...siteNames, ...[...residents.values()].map(({ machine }) => machine.namespace)]
      if (left.length > 0)
        await script(
          undefined,
          left.map((name) => `ip netns del ${name}`),
        )
      await internet.stop()
    },
  }
}
