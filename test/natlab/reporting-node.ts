import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { createNetwork } from '../../electron/network/create-network.ts'
import type { KnownRelay } from '../../electron/network/network.ts'
import type { Attempt } from '../../shared/domain/attempt.ts'
import type { NatReport } from '../../shared/domain/nat-report.ts'

// `reporting-node.ts <relay address>…`: the network of somebody who knows these relays, without a messenger around it.
// Answers `look` on stdin with one line, and ends when stdin does.

/** What somebody sees of himself. */
export interface Look {
  readonly report: NatReport
  /** What the relays were asked to dial, and what came of it. */
  readonly dials: readonly Attempt[]
}

const relays = process.argv.slice(2).map((address): KnownRelay => {
  return { id: address.split('/p2p/')[1] ?? '', addresses: [address], source: 'entered' }
})
const network = createNetwork({
  seed: randomBytes(32),
  settings: { mdns: false, portMapping: true, announce: false },
  trust: { isBlocked: () => false, isContact: () => false, mayConnectDirectly: () => false },
})
network.setRelays(relays)
await network.start()

const look = (): Look => ({
  report: network.report(),
  dials: [...network.attempts.rows()]
    .map(([, attempt]) => attempt)
    .filter(({ mechanism }) => mechanism === 'reachability'),
})

const lines = createInterface({ input: process.stdin })
lines.on('line', () => console.log(`ok ${JSON.stringify(look())}`))
lines.on('close', () => process.exit(0))
