import type { MappingBehaviour, NatReport, OwnAddress } from '../../shared/domain/nat-report.ts'
import { Term } from '../ui/term.tsx'
import { clock } from '../words/time.ts'
import { words } from '../words/words.ts'

const tone = { verified: 'good', unverified: 'soft', failed: 'bad' } as const

/** My addresses with their evidence, and what the router did. */
export function ReachabilitySection({ report }: { readonly report: NatReport }) {
  const { network } = words
  return (
    <>
      <section className="sec" id="net-reachability">
        <header>
          <h2>{network.sections.reachability}</h2>
          <span className="s12 faint">{network.asked(clock(report.at))}</span>
        </header>
        {report.addresses.length === 0 ? <p className="soft">{network.noAddresses}</p> : <Addresses report={report} />}
        <Mapping mapping={report.mapping} />
      </section>
      <section className="sec" id="net-router">
        <header>
          <h2>{network.sections.router}</h2>
          <span className="s12 faint">
            <Term term={network.upnp} meaning={network.upnpMeaning} />
          </span>
        </header>
        <p className="prose">{network.portMapping[report.portMapping]}</p>
      </section>
    </>
  )
}

/** What the router does with ports: it decides whether a port that one peer sees is of use to another. */
function Mapping({ mapping }: { readonly mapping: MappingBehaviour }) {
  const { network } = words
  const term = mapping === 'unknown' ? undefined : network.mappingTerm[mapping]
  return (
    <p className="s13 soft prose">
      {network.mapping[mapping]}
      {term === undefined ? null : (
        <>
          {' '}
          <Term term={term.name} meaning={term.meaning} />
        </>
      )}
    </p>
  )
}

function Addresses({ report }: { readonly report: NatReport }) {
  const { network } = words
  return (
    // biome-ignore lint/a11y/useSemanticElements: a wide table scrolls inside this group
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="scroll-x" tabIndex={0} role="group" aria-label={network.address}>
      <table className="ruled stack">
        <thead>
          <tr>
            <th scope="col">{network.address}</th>
            <th scope="col">{network.verdict}</th>
            <th scope="col">{network.evidenceTitle}</th>
          </tr>
        </thead>
        <tbody>
          {report.addresses.map((address) => (
            <tr key={address.address}>
              <td className="own-address">
                <span className="mono">{address.address}</span>
                <span className="s12 faint block">{network.addressKind[address.kind]}</span>
              </td>
              <td className={tone[address.evidence]}>
                <b>{network.evidence(address).verdict}</b>
              </td>
              <td>
                <Evidence address={address} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Evidence({ address }: { readonly address: OwnAddress }) {
  const { network } = words
  const { why } = network.evidence(address)
  if (address.evidence === 'unverified') return <>{why}</>
  return (
    <>
      {address.kind === 'relayed' ? (
        <Term term={network.reservation} meaning={network.reservationMeaning} />
      ) : (
        <Term term={network.autonat} meaning={network.autonatMeaning} />
      )}
      : {why}
    </>
  )
}
