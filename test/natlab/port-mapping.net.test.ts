import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import type { Look } from './mapped-node.ts'
import { insideTests } from './net/inside-test.ts'
import { createLab, type Host, type HostOptions, type Lab, type PortMapping } from './net/lab.ts'
import { startLineProgram } from './net/line-program.ts'

const NODE = join(import.meta.dirname, 'mapped-node.ts')

interface Node {
  readonly host: Host
  look(): Promise<Look>
  /** Resolves with the milliseconds it took. */
  set(isOn: boolean): Promise<number>
  stop(): Promise<void>
}

insideTests({ name: 'our ports in a real miniupnpd', file: import.meta.filename, kinds: ['mapped'] }, () => {
  for (const upnp of ['igd1', 'igd2'] as const)
    test(`${upnp}: TCP, WebSocket and QUIC are mapped, found again within a minute of a reboot, and unmapped on stop`, async () => {
      const lab = await createLab({ delayMs: 2, upnp })
      const { host, look, set, stop } = await startNode(lab)
      try {
        await set(true)
        const isMapped = async () => {
          const { state, listening, mapped } = await look()
          const expected = innerOf(listening, host)
          const wanted = JSON.stringify(expected)
          const isAll = state === 'mapped' && JSON.stringify(innerOf(await lab.readMappings(host), host)) === wanted
          return isAll && mapped.length === expected.length && { expected, mapped }
        }
        const { expected, mapped } = await eventually(isMapped, {
          withinMs: 15_000,
          everyMs: 200,
          what: 'three mappings',
        })
        assert.deepEqual(
          expected.map(({ protocol }) => protocol),
          ['tcp', 'tcp', 'udp'],
        )
        assert.ok(mapped.every((address) => address.startsWith(`/ip4/${host.outerAddress}/`)))

        await lab.rebootRouter(host)
        assert.deepEqual(await lab.readMappings(host), [])
        const began = performance.now()
        await eventually(isMapped, { withinMs: 60_000, everyMs: 200, what: 'three mappings again' })
        console.log(`${upnp}: mapped again ${Math.round(performance.now() - began)} ms after the reboot`)

        const tookMs = await set(false)
        assert.ok(tookMs < 2_500, `${tookMs} ms`)
        assert.deepEqual(await lab.readMappings(host), [])
        const after = await look()
        assert.deepEqual([after.state, after.mapped], ['off', []])
        assert.deepEqual(
          after.attempts
            .at(-1)
            ?.stages.slice(-3)
            .map(({ what }) => what),
          ['unmapped', 'unmapped', 'unmapped'],
        )
      } finally {
        await stop()
        await lab.stop()
      }
    })

  test('behind a carrier it is told as double NAT, and no address of the router is announced', async () => {
    const lab = await createLab({ delayMs: 2 })
    const { look, set, stop } = await startNode(lab, { isBehindCarrier: true })
    try {
      await set(true)
      const seen = await eventually(
        async () => {
          const now = await look()
          return now.state === 'double-nat' && now.attempts[0]?.outcome.state === 'failed' && now
        },
        { withinMs: 25_000, everyMs: 200, what: 'double NAT' },
      )
      assert.equal(seen.attempts[0]?.outcome.state === 'failed' && seen.attempts[0].outcome.reason, 'double-nat')
      assert.deepEqual(seen.mapped, [])
    } finally {
      await stop()
      await lab.stop()
    }
  })
})

async function startNode(lab: Lab, options?: HostOptions): Promise<Node> {
  const host = await lab.addHost('mapped', options)
  const program = startLineProgram([...host.through, process.execPath, NODE])
  const ask = async <Answer>(line: string): Promise<Answer> => JSON.parse(await program.ask(line))
  return {
    host,
    look: () => ask('look'),
    set: (isOn) => ask(isOn ? 'on' : 'off'),
    stop: () => program.stop(),
  }
}

/** What leads to the host, from its own listeners or from the router's rules, in one order. */
function innerOf(from: readonly string[] | readonly PortMapping[], host: Host) {
  const ports = from.flatMap((one) => {
    if (typeof one !== 'string') return one.innerAddress === host.address ? [`${one.protocol} ${one.innerPort}`] : []
    const [, ip, protocol, port] = /^\/ip4\/([^/]+)\/(tcp|udp)\/(\d+)/.exec(one) ?? []
    return ip === host.address ? [`${protocol} ${port}`] : []
  })
  return ports.sort().map((text) => ({ protocol: text.split(' ')[0], port: Number(text.split(' ')[1]) }))
}
