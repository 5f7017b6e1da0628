import { startLineProgram } from './line-program.ts'
import { compiled, script, throughNamespace } from './programs.ts'
import type { LabOptions, Traffic } from './types.ts'

/** The namespace that holds the internet's end of every line. */
export const INTERNET = 'internet'
/** The hub knows these two (hub.c). */
export const GATEWAY_MAC = '02:00:00:00:00:01'
export const MACHINE_MAC = '02:00:00:00:00:02'

/** What lies between the networks: everything that crosses it is delayed, and some of it lost. */
export interface Internet {
  /** A port's name must exist as an interface in the namespace `INTERNET`; networks look like `80.3.0.0/24`. */
  addPort(port: string, networks: readonly string[]): Promise<void>
  removePort(port: string): Promise<void>
  block(port: string, direction: 'in' | 'out' | 'both' | 'none'): Promise<void>
  traffic(from: string, to: string): Promise<Traffic>
  stop(): Promise<void>
}

/** Makes the namespace and starts the hub in it (hub.c, compiled on first use). */
export async function startInternet({ delayMs = 10, lossPercent = 0 }: LabOptions): Promise<Internet> {
  const program = await compiled('hub.c')
  await script(undefined, [`ip netns add ${INTERNET}`])
  // Its own stack must not speak on the ports.
  await script(INTERNET, ['echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6'])
  const hub = startLineProgram([...throughNamespace(INTERNET), program])
  return {
    async addPort(port, networks) {
      await hub.ask(`add ${port} ${Math.round(delayMs * 1000)} ${Math.round(lossPercent * 10)}`)
      for (const network of networks) await hub.ask(`route ${port} ${network}`)
    },
    async removePort(port) {
      await hub.ask(`remove ${port}`)
    },
    async block(port, direction) {
      await hub.ask(`block ${port} ${direction}`)
    },
    async traffic(from, to) {
      const [packets = 0, bytes = 0] = (await hub.ask(`count ${from} ${to}`)).split(' ').map(Number)
      return { packets, bytes }
    },
    async stop() {
      await hub.stop()
      await script(undefined, [`ip netns del ${INTERNET}`])
    },
  }
}
