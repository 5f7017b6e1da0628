import { initials, shortKey, toneOf } from './identity.ts'

/** Two letters on the tone of the key: never a picture somebody else could choose. */
export function Who({
  id,
  name,
  size = 'normal',
}: {
  readonly id: string
  readonly name: string
  readonly size?: 'tiny' | 'normal' | 'large'
}) {
  const extra = size === 'tiny' ? ' tiny' : size === 'large' ? ' lg' : ''
  return (
    <span className={`who${extra}`} data-key={toneOf(id)} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

/** The short form of a key beside its tone; stands next to every name a person chose for themselves. */
export function Key({ id }: { readonly id: string }) {
  return (
    <span className="key" data-key={toneOf(id)} title={id}>
      {shortKey(id)}
    </span>
  )
}
