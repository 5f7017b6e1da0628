import type { ReactNode } from 'react'
import type { LineKind } from '../../shared/domain/line.ts'
import { lineWord } from '../words/line.ts'

// Width, height, near end, far end and level of each size.
const sizes = {
  s: { width: 28, height: 16, near: 4, far: 24, level: 8, pad: 6 },
  m: { width: 120, height: 24, near: 6, far: 114, level: 12, pad: 12 },
  l: { width: 520, height: 76, near: 8, far: 512, level: 40, pad: 16 },
} as const

/**
 * Two dots and what lies between them. One skeleton for all six states: the style sheet moves it from one to the other.
 * Without a label it is decoration, and the words stand beside it.
 */
export function Line({
  state,
  size = 's',
  label,
  children,
}: {
  readonly state: LineKind
  readonly size?: keyof typeof sizes
  readonly label?: string | undefined
  /** Drawn beneath the line, as walls and homes are in the large one. */
  readonly children?: ReactNode
}) {
  const { width, height, near, far, level, pad } = sizes[size]
  const middle = (near + far) / 2
  const said = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: its label, or its being decoration, is in what is spread below
    <svg
      className={`line line-${size}`}
      data-state={state}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      {...said}
    >
      {children}
      <path className="dots" d={`M${near + pad} ${level}H${far - pad + 0.1}`} />
      <path className="half" pathLength={100} d={`M${near} ${level}H${middle}`} />
      <path className="half" pathLength={100} d={`M${far} ${level}H${middle}`} />
      <path className="whole" pathLength={100} d={`M${near} ${level}H${far}`} />
      <circle className="ring" cx={middle} cy={level} />
      <circle className="me" cx={near} cy={level} />
      <circle className="you" cx={far} cy={level} />
    </svg>
  )
}

/** The line of a row in a list: its word is its label. */
export function SmallLine({ state }: { readonly state: LineKind }) {
  return <Line state={state} label={lineWord[state]} />
}
