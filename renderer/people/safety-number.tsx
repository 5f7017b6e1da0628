import { useEffect, useState } from 'react'
import type { Contact } from '../../shared/domain/contact.ts'
import { ask, useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Qr } from '../ui/qr.tsx'
import { failureSentence } from '../words/failure.ts'
import { shortName } from '../words/short-name.ts'
import { words } from '../words/words.ts'
import { readCode, safetyText } from './scan/code.ts'
import { ScanDialog } from './scan/scan-dialog.tsx'

/** Sixty digits from both keys, to be compared by eye, by voice or by scanning; and the mark that they were. */
export function SafetyNumber({ contact }: { readonly contact: Contact }) {
  const { people } = words
  const { id } = contact
  const digits = useDigits(id)
  const { run, failure, isBusy } = useDoing()
  const [isScanning, setIsScanning] = useState(false)
  const [compared, setCompared] = useState<'same' | 'different'>()
  const name = shortName(contact)

  const compare = (text: string): string | undefined => {
    const code = readCode(text)
    if (code.kind !== 'safety') return people.scan.noSafety(code, name)
    setIsScanning(false)
    const isSame = code.digits === digits
    setCompared(isSame ? 'same' : 'different')
    if (isSame && !contact.isVerified) void run('contact.verified', { id, on: true })
    return undefined
  }

  return (
    <section className="sec" aria-label={people.safety}>
      <header>
        <h2>{people.safety}</h2>
        {contact.isVerified ? (
          <span className="s13 good verified">
            <Icon name="shield" isSmall /> {people.isVerified(name)}
          </span>
        ) : null}
      </header>
      <p className="soft prose">{people.safetyHint(name)}</p>
      <div className="safety">
        <Digits digits={digits} />
        {digits === undefined ? null : <Qr text={safetyText(digits)} label={people.safetyCode} />}
      </div>
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      {compared === 'different' ? <ErrorLine>{people.safetyDiffers(name)}</ErrorLine> : null}
      <p className="s13 good" role="status">
        {compared === 'same' ? people.safetySame(name) : ''}
      </p>
      <div className="acts">
        <Button
          icon={contact.isVerified ? 'close' : 'check'}
          disabled={isBusy || digits === undefined}
          onClick={() => {
            setCompared(undefined)
            void run('contact.verified', { id, on: !contact.isVerified })
          }}
        >
          {contact.isVerified ? people.unmarkVerified : people.markVerified}
        </Button>
        <Button icon="scan" disabled={digits === undefined} onClick={() => setIsScanning(true)}>
          {people.scanTheirs(name)}
        </Button>
      </div>
      {isScanning ? (
        <ScanDialog
          title={people.scanTheirs(name)}
          hint={people.scanTheirsHint(name)}
          onText={compare}
          onClose={() => setIsScanning(false)}
        />
      ) : null}
    </section>
  )
}

/** The digits, once the messenger has said them. */
function useDigits(id: string): string | undefined {
  const [digits, setDigits] = useState<string>()
  useEffect(() => {
    let isWanted = true
    void ask('contact.safetyNumber', { id }).then((answer) => {
      if (isWanted && answer.ok) setDigits(answer.value.digits.replace(/\D/gu, ''))
    })
    return () => {
      isWanted = false
    }
  }, [id])
  return digits
}

function Digits({ digits = '' }: { readonly digits: string | undefined }) {
  return (
    <p className="digits mono">
      {(digits.match(/\d{1,5}/gu) ?? []).map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups of one number never change their order
        <span key={at}>{group} </span>
      ))}
    </p>
  )
}
