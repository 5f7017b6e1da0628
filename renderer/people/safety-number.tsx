import { useEffect, useState } from 'react'
import type { Contact } from '../../shared/domain/contact.ts'
import { ask, useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { failureSentence } from '../words/failure.ts'
import { shortName } from '../words/short-name.ts'
import { words } from '../words/words.ts'

/** Sixty digits from both keys, to be compared; and the mark that they were. */
export function SafetyNumber({ contact }: { readonly contact: Contact }) {
  const { people } = words
  const [digits, setDigits] = useState<string>()
  const { run, failure, isBusy } = useDoing()
  const { id } = contact
  const name = shortName(contact)
  useEffect(() => {
    let isWanted = true
    void ask('contact.safetyNumber', { id }).then((answer) => {
      if (isWanted && answer.ok) setDigits(answer.value.digits)
    })
    return () => {
      isWanted = false
    }
  }, [id])
  const groups = digits?.replace(/\D/gu, '').match(/\d{1,5}/gu) ?? []
  return (
    <section className="sec">
      <header>
        <h2>{people.safety}</h2>
        {contact.isVerified ? (
          <span className="s13 good verified">
            <Icon name="shield" isSmall /> {people.isVerified(name)}
          </span>
        ) : null}
      </header>
      <p className="soft prose">{people.safetyHint(name)}</p>
      <p className="digits mono">
        {groups.map((group, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups of one number never change their order
          <span key={at}>{group} </span>
        ))}
      </p>
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      <div className="acts">
        <Button
          icon={contact.isVerified ? 'close' : 'check'}
          disabled={isBusy || digits === undefined}
          onClick={() => run('contact.verified', { id, on: !contact.isVerified })}
        >
          {contact.isVerified ? people.unmarkVerified : people.markVerified}
        </Button>
      </div>
    </section>
  )
}
