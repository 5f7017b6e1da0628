import assert from 'node:assert/strict'
import { test } from 'node:test'
import { siteNetwork } from './net/addresses.ts'
import { insideTests } from './net/inside-test.ts'
import { createLab, type Lab } from './net/lab.ts'
import { askForMapping } from './net/port-mapping-client.ts'
import { type Probe, startProbe } from './net/probe.ts'

const OUTER_PORT = 4001
const INNER_PORT = 4002
/** Of the second site. */
const REFLECTOR = { address: siteNetwork(1).address, port: 7001 }

insideTests({ name: 'a mapped router has a real miniupnpd', file: import.meta.filename, kinds: ['mapped'] }, () => {
  for (const upnp of ['igd1', 'igd2'] as const) {
    test(`${upnp}: what it maps strangers reach, its rules show it, and after a reboot it is gone`, async () => {
      await withLab(upnp, async (lab, stranger) => {
        const host = await lab.addHost('mapped')
        const probe = startProbe(host)
        const router = host.address.replace(/\d+$/, '1')
        const version = upnp === 'igd1' ? '1' : '2'
        assert.match(
          (await probe.http(`http://${router}:5000/rootDesc.xml`)).body,
          new RegExp(`InternetGatewayDevice:${version}`),
        )

        const mapping = { outerPort: OUTER_PORT, innerAddress: host.address, innerPort: INNER_PORT }
        for (const protocol of ['TCP', 'UDP'] as const)
          assert.equal(await askForMapping(probe, router, { protocol, ...mapping }), 200)
        const shown = [...(await lab.readMappings(host))].sort((a, b) => a.protocol.localeCompare(b.protocol))
        assert.deepEqual(shown, [
          { protocol: 'tcp', ...mapping },
          { protocol: 'udp', ...mapping },
        ])
        const outer = { address: host.outerAddress, port: OUTER_PORT }
        await probe.listen(INNER_PORT)
        assert.equal((await stranger.knock(outer, REFLECTOR)).outcome, 'connected')
        await probe.hear(INNER_PORT, { withinMs: 1 })
        await stranger.send(7000, outer, 'hello')
        assert.equal((await probe.hear(INNER_PORT, { withinMs: 10_000 }))?.text, 'hello')

        await lab.flushMappings(host)
        assert.equal((await lab.readMappings(host)).length, 2, 'port mappings do not expire with connections')
        await lab.rebootRouter(host)
        assert.deepEqual(await lab.readMappings(host), [])
        assert.equal((await stranger.knock(outer, REFLECTOR)).outcome, 'silence')
        assert.equal(await askForMapping(probe, router, { protocol: 'TCP', ...mapping }), 200, 'and it serves again')
        await probe.stop()
      })
    })
  }

  test('behind a carrier it maps nothing a stranger could reach', async () => {
    await withLab('igd2', async (lab, stranger) => {
      const host = await lab.addHost('mapped', { isBehindCarrier: true })
      const probe = startProbe(host)
      const mapping = { outerPort: OUTER_PORT, innerAddress: host.address, innerPort: INNER_PORT }
      await askForMapping(probe, host.address.replace(/\d+$/, '1'), { protocol: 'TCP', ...mapping })
      await probe.listen(INNER_PORT)
      assert.equal(
        (await stranger.knock({ address: host.outerAddress, port: OUTER_PORT }, REFLECTOR)).outcome,
        'silence',
      )
      await probe.stop()
    })
  })
})

async function withLab(upnp: 'igd1' | 'igd2', body: (lab: Lab, stranger: Probe) => Promise<void>): Promise<void> {
  const lab = await createLab({ delayMs: 2, upnp })
  const stranger = startProbe(await lab.addSite())
  const reflector = startProbe(await lab.addSite())
  try {
    await reflector.reflect(REFLECTOR)
    await body(lab, stranger)
  } finally {
    await Promise.all([stranger.stop(), reflector.stop()])
    await lab.stop()
  }
}
