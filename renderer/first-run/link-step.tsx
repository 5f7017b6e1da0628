import type { Self } from '../../shared/contract/views.ts'
import type { LineKind } from '../../shared/domain/line.ts'
import { WITH } from '../chat/entries.ts'
import { OwnLink, useOwnInvite } from '../people/own-link.tsx'
import { ReachTruth } from '../people/reach-truth.tsx'
import { Requests } from '../people/requests.tsx'
import { type Truth, truthOf } from '../people/truth.ts'
import { go, href } from '../route.ts'
import { ErrorLine } from '../ui/field.tsx'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { StepFrame } from './frame.tsx'

const drawing: Readonly<Record<Truth['kind'], LineKind>> = {
  relay: 'relayed',
  direct: 'direct',
  nearby: 'lan',
  nobody: 'none',
  unknown: 'unknown',
}

/** Last step: my own link, and the truth beside it. */
export function LinkStep({ self }: { readonly self: Self }) {
  const { link: said } = words.firstRun
  const { invite, failure } = useOwnInvite()
  return (
    <StepFrame step={3} name={self.name} reach={drawing[truthOf(invite, self).kind]} title={said.title}>
      <p className="soft">{said.intro}</p>
      <Requests onAccepted={(contact) => go(href('chats', WITH, contact), { replace: true })} />
      <ReachTruth invite={invite} isFirstRun />
      {invite === undefined ? null : <OwnLink invite={invite} isMain={false} />}
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      <div className="acts">
        <OpenChats />
      </div>
    </StepFrame>
  )
}

function OpenChats() {
  return (
    <button type="button" className="btn main" onClick={() => window.location.replace(href('chats'))}>
      {words.firstRun.link.open}
    </button>
  )
}
