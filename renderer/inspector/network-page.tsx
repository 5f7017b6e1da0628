import { useEffect } from 'react'
import type { NatReport } from '../../shared/domain/nat-report.ts'
import { Content } from '../content.tsx'
import { useRelayName } from '../line/relay-name.ts'
import { useIsLost } from '../lost.ts'
import { useDoing } from '../messenger.ts'
import { href, type Route } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { useRoving } from '../ui/roving.ts'
import { useRow, useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import type { Reach } from '../words/network-truth.ts'
import { milliseconds } from '../words/time.ts'
import { words } from '../words/words.ts'
import { AttemptsSection } from './attempts-section.tsx'
import { PeersSection } from './peers-section.tsx'
import { ReachabilitySection } from './reachability-section.tsx'
import { RelaysSection } from './relays-section.tsx'
import { WhoNow } from './who-now.tsx'

const sections = ['reachability', 'router', 'relays', 'peers', 'attempts'] as const

/** The inspector: a sentence first, then what it rests on. */
export function NetworkPage({ route }: { readonly route: Route }) {
  const { network } = words
  const report = useRow('network')
  const self = useRow('self')
  const relayName = useRelayName({ asRelay: true })
  const settings = useRow('settings')
  const peers = useView('peers')
  const isLost = useIsLost()
  const relays = useView('relays')
  const attempts = useView('attempts')
  // What comes late moves everything under it.
  const isKnown = [report, relays, peers, attempts].every((rows) => rows !== undefined)
  // The sections are one page: the route only says where in it.
  useEffect(() => {
    if (isKnown && route.id !== undefined) document.getElementById(`net-${route.id}`)?.scrollIntoView()
  }, [route.id, isKnown])
  return (
    <>
      <SectionList chosen={route.id ?? 'reachability'} />
      <Content title={network.title} backTo="network">
        {report === undefined || self === undefined || settings === undefined ? (
          <>
            <h1>{isLost ? network.lost : network.looking}</h1>
            {isLost ? <p className="soft prose under-h1">{network.lostRest}</p> : null}
          </>
        ) : (
          <>
            <Headline
              report={report}
              reach={{
                relays: self.reachableThrough.map(({ relay }) => relayName(relay)),
                isRelayOnly: settings.relayOnly,
                hasLanLine: [...(peers?.values() ?? [])].some(({ path }) => path.line.kind === 'lan'),
              }}
            />
            <WhoNow />
            <ReachabilitySection report={report} />
            <RelaysSection />
            <PeersSection />
            <AttemptsSection />
            <Parts />
          </>
        )}
      </Content>
    </>
  )
}

function Headline({ report, reach }: { readonly report: NatReport; readonly reach: Reach }) {
  const { network } = words
  const rest = network.rest(report, reach)
  return (
    <>
      <h1>{network.sentence(report, reach)}</h1>
      {rest === '' ? null : <p className="soft prose under-h1">{rest}</p>}
    </>
  )
}

function SectionList({ chosen }: { readonly chosen: string }) {
  const { network } = words
  const roving = useRoving<HTMLUListElement>()
  const { run, failure, isBusy } = useDoing()
  const report = useRow('network')
  const self = useRow('self')
  const relays = useView('relays')
  const peers = useView('peers')
  const attempts = useView('attempts')
  const notes: Readonly<Record<(typeof sections)[number], string>> = {
    reachability: report === undefined ? '' : network.reachable(self, report),
    router: report === undefined ? '' : network.portMappingShort[report.portMapping],
    relays: relays === undefined || report === undefined ? '' : network.placesOf(report.reservations, relays.size),
    peers: peers === undefined ? '' : `${peers.size}`,
    attempts: attempts === undefined ? '' : `${attempts.size}`,
  }
  return (
    <section className="list" aria-label={network.listLabel}>
      <div className="list-head">
        <div className="list-title">
          <h1>{network.title}</h1>
        </div>
      </div>
      <ul className="rows" ref={roving.ref} onKeyDown={roving.onKeyDown}>
        {sections.map((section) => (
          <li key={section}>
            <a className="nav" href={href('network', section)} aria-current={section === chosen ? 'true' : undefined}>
              {network.sections[section]}
              <span className="num">{notes[section]}</span>
            </a>
          </li>
        ))}
      </ul>
      <div className="list-foot">
        <Button disabled={isBusy} onClick={() => run('network.retry', {})}>
          {network.retry}
        </Button>
        <p className="s12 faint">{network.retryHint}</p>
        {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      </div>
    </section>
  )
}

function Parts() {
  const { network } = words
  const report = useRow('network')
  if (report === undefined || (report.missing.length === 0 && report.loopDelayP99Ms === undefined)) return null
  return (
    <section className="sec" aria-label={network.sections.parts}>
      {report.missing.length === 0 ? null : (
        <>
          <header>
            <h2>{network.sections.parts}</h2>
          </header>
          <p className="soft prose">{network.partsIntro}</p>
          <dl className="facts">
            {report.missing.map(({ part, why }) => [
              <dt key={part}>{network.parts[part] ?? part}</dt>,
              <dd key={`${part} why`}>{why}</dd>,
            ])}
          </dl>
        </>
      )}
      {report.loopDelayP99Ms === undefined ? null : (
        <p className="s12 faint">{network.loopDelay(milliseconds(report.loopDelayP99Ms))}</p>
      )}
    </section>
  )
}
