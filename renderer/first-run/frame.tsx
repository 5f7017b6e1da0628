import type { ReactNode } from 'react'
import type { LineKind } from '../../shared/domain/line.ts'
import { Logo } from '../ui/logo.tsx'
import { useRow } from '../views.ts'
import { words } from '../words/words.ts'

/** The page of a step: the drawing that grows with the answers, and what is asked. */
export function StepFrame({
  step,
  name,
  reach,
  title,
  children,
}: {
  readonly step?: 1 | 2 | 3
  readonly name: string
  /** How far the drawing has come; absent before anything is known. */
  readonly reach?: LineKind
  readonly title: string
  readonly children: ReactNode
}) {
  const session = useRow('session')
  // Where the keyring took the key, nobody was asked for a passphrase: the name is the first step.
  const skipped = session?.state === 'open' && session.opensWith === 'keyring' ? 1 : 0
  return (
    <main className="first">
      <Stage name={name} reach={reach} />
      <div className="step">
        {step === undefined || step - skipped === 1 ? (
          <div>
            <Logo size={44} />
          </div>
        ) : null}
        {step === undefined ? null : <Steps now={step - skipped} all={3 - skipped} />}
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}

function Steps({ now, all }: { readonly now: number; readonly all: number }) {
  const steps = Array.from({ length: all }, (_, index) => index + 1)
  const width = 12 + (all - 1) * 40
  return (
    <p className="steps">
      <svg viewBox={`0 0 ${width} 12`} width={width} height="12" aria-hidden="true">
        <path d={`M6 6H${6 + (now - 1) * 40}`} stroke="var(--accent)" strokeWidth="2" />
        {steps.map((step) =>
          step <= now ? (
            <circle key={step} cx={6 + (step - 1) * 40} cy="6" r="4.5" fill="var(--accent)" />
          ) : (
            <circle
              key={step}
              cx={6 + (step - 1) * 40}
              cy="6"
              r="3.8"
              fill="none"
              stroke="var(--edge)"
              strokeWidth="1.4"
            />
          ),
        )}
      </svg>
      {words.firstRun.step(now, all)}
    </p>
  )
}

// A longer name begins at the edge, or it would be cut off there.
const CENTRED_MOST = 9
const NAME_MOST = 18

function cut(name: string): string {
  const letters = [...name]
  return letters.length > NAME_MOST ? `${letters.slice(0, NAME_MOST - 1).join('')}…` : name
}

/** Near is large, far is small. Only what is known is drawn. */
function Stage({ name, reach }: { readonly name: string; readonly reach: LineKind | undefined }) {
  const { firstRun } = words
  const state = reach === 'upgrading' ? 'relayed' : reach
  const shown = name === '' ? firstRun.you : cut(name)
  return (
    <div className="stage" data-reach={state}>
      <svg viewBox="0 0 420 320" role="img" aria-label={firstRun.stage} fill="none" strokeWidth="5">
        <g className="f-relay" stroke="var(--relay)">
          <path d="M88 228L212 139M237 121L330 55" />
          <circle cx="224.5" cy="130" r="15" />
          <text x="248" y="156" stroke="none">
            {firstRun.aRelay}
          </text>
        </g>
        <g className="f-lan" stroke="var(--accent)">
          <path d="M88 228L186 158" strokeWidth="11" />
          <circle cx="192" cy="154" r="15" fill="var(--accent)" stroke="none" />
          <text x="218" y="160" stroke="none">
            {firstRun.onWifi}
          </text>
        </g>
        <path
          className="f-dots"
          d="M124 204L320 62"
          stroke="var(--edge)"
          strokeDasharray="0 15"
          strokeLinecap="round"
        />
        <path className="f-whole" d="M88 228L330 55" stroke="var(--accent)" strokeLinecap="round" />
        <g className="f-far">
          <circle cx="340" cy="48" r="13" stroke="var(--ink-3)" strokeWidth="3" />
          <text x="340" y="24" textAnchor="middle">
            {firstRun.aFriend}
          </text>
        </g>
        <circle cx="84" cy="232" r="30" fill="var(--accent)" />
        {shown.length > CENTRED_MOST ? (
          <text className="f-me" x="8" y="294">
            {shown}
          </text>
        ) : (
          <text className="f-me" x="84" y="294" textAnchor="middle">
            {shown}
          </text>
        )}
      </svg>
    </div>
  )
}
