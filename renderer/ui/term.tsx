import { useId } from 'react'

/** A field's exact term, explained in one line on hover and focus. */
export function Term({ term, meaning }: { readonly term: string; readonly meaning: string }) {
  const id = useId()
  return (
    <button type="button" className="term" aria-describedby={id}>
      {term}
      <span className="tip" role="tooltip" id={id}>
        {meaning}
      </span>
    </button>
  )
}
