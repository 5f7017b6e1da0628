import type { Invite } from '../../shared/domain/contact.ts'
import type { LineKind } from '../../shared/domain/line.ts'
import { Line } from '../line/line.tsx'
import { useRelayName } from '../line/relay-name.ts'
import { useRow } from '../views.ts'
import { words } from '../words/words.ts'
import { RelayForm } from './relay-form.tsx'
import { type Truth, truthOf } from './truth.ts'

const lineOf: Readonly<Record<Truth['kind'], LineKind>> = {
  relay: 'relayed',
  direct: 'direct',
  nearby: 'lan',
  nobody: 'none',
  unknown: 'unknown',
}

/** Who reaches me through a link of mine, and its headline. */
export function useTruth(invite: Invite | undefined): { readonly kind: Truth['kind']; readonly headline: string } {
  const truth = truthOf(invite, useRow('self'))
  const relayName = useRelayName({ asRelay: true })
  const { truth: said } = words.people
  const headline = truth.kind === 'relay' ? said.relay(truth.relays.map(relayName).join(said.and)) : said[truth.kind]
  return { kind: truth.kind, headline }
}

/**
 * The truth beside a link of mine: who reaches me through it, and what helps when nobody does. In the first run a
 * friend's link may be pasted in any case.
 */
export function ReachTruth({
  invite,
  isFirstRun = false,
}: {
  readonly invite: Invite | undefined
  readonly isFirstRun?: boolean
}) {
  const { kind, headline } = useTruth(invite)
  const isPoor = kind === 'nobody' || kind === 'nearby'
  return (
    <section className="truth" aria-label={headline}>
      <div className="truth-line" role="status">
        <Line state={lineOf[kind]} size="m" />
        <div>
          <h2>{headline}</h2>
          <p className="hint">{words.people.truth[`${kind}Hint`]}</p>
        </div>
      </div>
      {isPoor || isFirstRun ? <RelayForm asksFriend={isFirstRun} needsRelay={kind !== 'relay'} /> : null}
    </section>
  )
}
