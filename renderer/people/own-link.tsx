import { useEffect, useRef } from 'react'
import type { Failure } from '../../shared/contract/failures.ts'
import type { Invite } from '../../shared/domain/contact.ts'
import { useDoing } from '../messenger.ts'
import { href } from '../route.ts'
import { CopyButton } from '../ui/copy.tsx'
import { Field } from '../ui/field.tsx'
import { Qr } from '../ui/qr.tsx'
import { useRow, useView } from '../views.ts'
import { words } from '../words/words.ts'
import { useTruth } from './reach-truth.tsx'
import { isOutdated } from './truth.ts'

/** My newest live link; one is made when there is none, or none that holds a relay of today. */
export function useOwnInvite(): { readonly invite: Invite | undefined; readonly failure: Failure | undefined } {
  const invites = useView('invites')
  const self = useRow('self')
  const { run, failure } = useDoing()
  const madeFor = useRef<string>(undefined)
  const invite = [...(invites?.values() ?? [])]
    .filter(({ isWithdrawn }) => !isWithdrawn)
    .sort((one, other) => other.createdAt - one.createdAt)[0]
  const places = self?.reachableThrough.map(({ relay }) => relay).join(' ')
  const isNeeded = invites !== undefined && self !== undefined && isOutdated(invite, self)
  useEffect(() => {
    // Once for each set of relays, whatever comes of it: a page must not make links in a circle.
    if (!isNeeded || madeFor.current === places) return
    madeFor.current = places
    void run('invite.create', { withDirectAddresses: false })
  }, [isNeeded, places, run])
  return { invite, failure }
}

/** A link of mine, to be copied or photographed. */
export function OwnLink({ invite, isMain }: { readonly invite: Invite; readonly isMain: boolean }) {
  const { people } = words
  return (
    <div className="two own-link">
      <Field
        label={people.yourLink}
        look="link"
        readOnly
        value={invite.link}
        hint={people.holds(invite.hasDirectAddresses, invite.relays.length)}
        onFocus={(event) => event.target.select()}
      >
        <div className="acts">
          <CopyButton
            text={invite.link}
            label={people.copyLink}
            done={people.copied}
            kind={isMain ? 'main' : 'plain'}
          />
        </div>
      </Field>
      <Qr text={invite.link} label={people.qrLabel} />
    </div>
  )
}

/** My own code for a friend who stands beside me, with the truth about it. */
export function OwnCode() {
  const { people } = words
  const { invite } = useOwnInvite()
  const { kind, headline } = useTruth(invite)
  if (invite === undefined) return null
  return (
    <div className="own-code">
      <Qr text={invite.link} label={people.qrLabel} />
      <p className="s12 soft">
        {kind === 'nobody' || kind === 'nearby' ? people.ownCodePoor(headline) : people.ownCode}
      </p>
      <p className="s12">
        <a href={href('people', 'links')}>{people.ownCodeLink}</a>
      </p>
    </div>
  )
}
