/**
 * The floor: a bare libp2p node that echoes, in a process of its own. `node echo-peer.ts [RELAY_ADDRESS]`
 * prints its address as one line of JSON; with a relay's address it can be reached through that relay only.
 */
import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { createBareNode, ECHO_PROTOCOL } from './echo.ts'

const relay = process.argv[2]
const node = await createBareNode(relay === undefined ? ['/ip4/127.0.0.1/tcp/0'] : [`${relay}/p2p-circuit`], [
  circuitRelayTransport(),
])
await node.handle(
  ECHO_PROTOCOL,
  (stream) => {
    stream.addEventListener('message', ({ data }) => void stream.send(data))
    stream.addEventListener('remoteCloseWrite', () => void stream.close())
  },
  { runOnLimitedConnection: true },
)
await node.start()
const tellAddress = () => {
  const address = node.getMultiaddrs().find((each) => relay === undefined || each.toString().includes('p2p-circuit'))
  if (address === undefined) return false
  process.stdout.write(`${JSON.stringify({ address: address.toString() })}\n`)
  return true
}
if (!tellAddress()) {
  node.addEventListener('self:peer:update', function onUpdate() {
    if (tellAddress()) node.removeEventListener('self:peer:update', onUpdate)
  })
}
process.stdin.resume().on('end', async () => {
  await node.stop()
  process.exit(0)
})
