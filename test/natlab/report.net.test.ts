import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { MappingBehaviour, Reachability } from '../../shared/domain/nat-report.ts'
import { eventually } from '../support/eventually.ts'
import { insideTests } from './net/inside-test.ts'
import { createLab, type Host, type Lab, type NatKind } from './net/lab.ts'
import { startLineProgram } from './net/line-program.ts'
import type { Look } from './reporting-node.ts'
import { type LabRelay, startLabRelay } from './stage/relay.ts'

const NODE = join(import.meta.dirname, 'reporting-node.ts')
const PORT = 4001

const KINDS: readonly [kind: NatKind, mapping: MappingBehaviour, reachability: Reachability][] = [
  ['public', 'endpoint-independent', 'public'],
  ['mapped', 'endpoint-independent', 'public'],
  ['restricted', 'endpoint-independent', 'private'],
  ['shifted', 'endpoint-independent', 'private'],
  ['random', 'endpoint-independent', 'private'],
  ['cgn', 'endpoint-independent', 'private'],
  ['symmetric', 'endpoint-dependent', 'private'],
  ['cgnsym', 'endpoint-dependent', 'private'],
]

interface Reporter {
  look(): Promise<Look>
  stop(): Promise<void>
}

insideTests(
  { name: 'what a router does is found out', file: import.meta.filename, kinds: ['mapped', 'random'] },
  () => {
    let lab: Lab
    let folder: string
    const relays: LabRelay[] = []
    const reporters = new Map<NatKind, Reporter>()

    before(async () => {
      lab = await createLab({ delayMs: 10 })
      folder = await mkdtemp(join(tmpdir(), 'sightline-report-'))
      const addresses6: string[] = []
      for (const name of ['one', 'two']) {
        const site = await lab.addSite({ hasIpv6: true })
        const args = ['--host', site.address6 ?? '']
        const relay = await startLabRelay(site, { dataDir: join(folder, name), args })
        relays.push(relay)
        addresses6.push(`/ip6/${site.address6}/tcp/${PORT}/p2p/${relay.id}`)
      }
      const addresses = relays.map(({ address }) => address)
      // All at once: each of them waits most of the time.
      for (const [kind] of KINDS) reporters.set(kind, start(await lab.addHost(kind), addresses))
      reporters.set('firewall6', start(await lab.addHost('firewall6'), addresses6))
    })
    after(async () => {
      for (const { stop } of [...reporters.values(), ...relays]) await stop()
      await lab.stop()
      await rm(folder, { recursive: true, force: true })
    })

    function start(host: Host, addresses: readonly string[]): Reporter {
      const program = startLineProgram([...host.through, process.execPath, NODE, ...addresses])
      return { look: async () => JSON.parse(await program.ask('look')), stop: () => program.stop() }
    }

    /** Waits until this one sees of himself what he should. */
    async function sees(kind: NatKind, isRight: (look: Look) => boolean): Promise<Look> {
      let seen: Look | undefined
      const check = async () => {
        seen = await reporters.get(kind)?.look()
        return seen !== undefined && isRight(seen) && seen
      }
      return eventually(check, { withinMs: 60_000, everyMs: 250, what: `${kind} as it is` }).catch((error: unknown) =>
        assert.fail(`${error}\n${JSON.stringify(seen, undefined, 1)}`),
      )
    }

    for (const [kind, mapping, reachability] of KINDS)
      test(`${kind}: ports are ${mapping}, and the host is ${reachability}`, async () => {
        await sees(kind, ({ report }) => report.mapping === mapping && report.reachability === reachability)
      })

    for (const kind of ['public', 'mapped'] as const)
      test(`${kind}: TCP, WebSocket and QUIC are each dialled and confirmed by themselves`, async () => {
        const outside = ({ report }: Look) => report.addresses.filter((one) => one.kind === kind)
        const look = await sees(
          kind,
          (one) => outside(one).length === 3 && outside(one).every(({ evidence }) => evidence === 'verified'),
        )
        // The journal keeps the newest four of each relay.
        const dialled = look.dials.flatMap(({ outcome }) => (outcome.state === 'succeeded' ? [outcome.address] : []))
        for (const { address } of outside(look)) assert.ok(dialled.includes(address), `${address} of ${dialled}`)
      })

    test('firewall6: what both relays tried to dial in vain is called failed, and the host private', async () => {
      const { report } = await sees('firewall6', (look) => look.report.reachability === 'private')
      const outside = report.addresses.filter(({ kind }) => kind === 'public')
      assert.ok(outside.length > 0 && outside.every(({ evidence }) => evidence === 'failed'))
    })
  },
)
