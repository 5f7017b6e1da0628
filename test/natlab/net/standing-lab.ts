/**
 * `node test/natlab/net/standing-lab.ts [KIND…]`: a lab with one relay's place and a host of each kind given, which stands
 * until it is told to end; with code 3 after SIGTERM, so that whoever waits for it sees it was told.
 */
import { isInside, runInside } from './inside.ts'
import { createLab, type NatKind } from './lab.ts'
import { isNatKind } from './types.ts'

const kinds = process.argv.slice(2).filter(isNatKind)
process.exitCode = isInside() ? await stand(kinds) : await runInside([process.execPath, ...process.argv.slice(1)])

async function stand(asked: readonly NatKind[]): Promise<number> {
  const told = Promise.withResolvers<void>()
  process.once('SIGTERM', () => told.resolve())
  process.once('SIGINT', () => told.resolve())
  const keepsRunning = setInterval(() => {}, 60_000)
  const lab = await createLab()
  const site = await lab.addSite()
  console.log(`${site.name} ${site.address}`)
  for (const kind of asked) {
    const host = await lab.addHost(kind)
    console.log(`${host.name} ${host.address} behind ${host.outerAddress}: ${kind}`)
  }
  console.log('the lab stands')
  await told.promise
  await lab.stop()
  clearInterval(keepsRunning)
  return 3
}
