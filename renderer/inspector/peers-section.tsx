import { isRelayed } from '../../shared/domain/line.ts'
import type { Peer } from '../../shared/domain/peer.ts'
import { SmallLine } from '../line/line.tsx'
import { useRelayName } from '../line/relay-name.ts'
import { shortKey } from '../ui/identity.ts'
import { Spark } from '../ui/spark.tsx'
import { Key } from '../ui/who.tsx'
import { useView } from '../views.ts'
import { encryptionWord, relayedSentence, transportWord } from '../words/line.ts'
import { clock, milliseconds } from '../words/time.ts'
import { words } from '../words/words.ts'

const COLUMNS = 9
const rank = { contact: 0, relay: 1, nearby: 2, infrastructure: 3 } as const

/** Every connection there is: to whom, what for, how. */
export function PeersSection() {
  const { network } = words
  const peers = [...(useView('peers')?.values() ?? [])]
    .filter(({ connections }) => connections > 0)
    .sort((one, other) => rank[one.purpose] - rank[other.purpose] || (one.name ?? '').localeCompare(other.name ?? ''))
  const { columns } = network
  return (
    <section className="sec" id="net-peers">
      <header>
        <h2>{network.sections.peers}</h2>
        <span className="s12 faint">
          {network.peersNote(peers.reduce((sum, { connections }) => sum + connections, 0))}
        </span>
      </header>
      {peers.length === 0 ? (
        <p className="soft">{network.noPeers}</p>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a wide table scrolls inside this group
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <div className="scroll-x" tabIndex={0} role="group" aria-label={network.sections.peers}>
          <table className="ruled wide-table">
            <thead>
              <tr>
                <th scope="col">
                  <span className="sr">{columns.line}</span>
                </th>
                <th scope="col">{columns.who}</th>
                <th scope="col">{columns.purpose}</th>
                <th scope="col">{columns.path}</th>
                <th scope="col">{columns.transport}</th>
                <th scope="col" className="r">
                  {columns.streams}
                </th>
                <th scope="col" className="r">
                  {columns.trip}
                </th>
                <th scope="col">
                  <span className="sr">{columns.history}</span>
                </th>
                <th scope="col" className="r">
                  {columns.since}
                </th>
              </tr>
            </thead>
            <tbody>
              {peers.map((peer) => (
                <PeerRow key={peer.id} peer={peer} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function PeerRow({ peer }: { readonly peer: Peer }) {
  const { network } = words
  const relayName = useRelayName()
  const { line, transport, encryption, roundTripMs, since } = peer.path
  const why = relayedSentence(peer.path, peer.name ?? shortKey(peer.id))
  return (
    <>
      <tr className={why === undefined ? undefined : 'goes-on'}>
        <td>
          <SmallLine state={line.kind} />
        </td>
        <td>
          {peer.name === undefined ? null : (
            <b className="block">
              <bdi>{peer.name}</bdi>
            </b>
          )}
          <Key id={peer.id} />
        </td>
        <td>{network.purpose[peer.purpose]}</td>
        <td title={peer.address}>
          {isRelayed(line)
            ? network.through(relayName(line.relay))
            : line.kind === 'lan'
              ? network.lan
              : network.direct}
        </td>
        <td>
          {transport === undefined ? '' : transportWord[transport]}
          <span className="faint block">{encryption === undefined ? '' : encryptionWord(encryption)}</span>
        </td>
        <td className="r num">{peer.streams}</td>
        <td className="r num">{roundTripMs === undefined ? '' : milliseconds(roundTripMs)}</td>
        <td>
          <Spark values={peer.roundTripsMs} />
        </td>
        <td className="r num">{since === undefined ? '' : clock(since)}</td>
      </tr>
      {why === undefined ? null : (
        <tr>
          <td />
          <td colSpan={COLUMNS - 1}>
            <p className="row-why">{why}</p>
          </td>
        </tr>
      )}
    </>
  )
}
