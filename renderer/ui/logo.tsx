import { useId } from 'react'

/** A line of sight from edge to edge; the near end large, the far end small. */
export function Logo({ size }: { readonly size: number }) {
  const clip = useId()
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 64 64" aria-hidden="true">
      <clipPath id={clip}>
        <rect width="64" height="64" rx="15" />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        <rect width="64" height="64" fill="#0a6170" />
        <path d="M-4 58L68 6" stroke="#ffffff" strokeWidth="3.4" />
        <g fill="#ffffff">
          <circle cx="20" cy="40.7" r="9.5" />
          <circle cx="48" cy="20.5" r="5.2" />
        </g>
      </g>
    </svg>
  )
}

/** Where a line ended: stands beside an error. */
export function Wall({ tone }: { readonly tone: 'bad' | 'warn' }) {
  return (
    <svg className={`wall-mark ${tone}`} viewBox="0 0 28 16" width="28" height="16" aria-hidden="true">
      <circle cx="4" cy="8" r="3" fill="currentColor" stroke="none" />
      <path d="M4 8h12" />
      <path d="M17.5 2v12" strokeWidth="3" />
    </svg>
  )
}
