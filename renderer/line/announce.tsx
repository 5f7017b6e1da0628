import { useEffect, useRef, useState } from 'react'

/** Says a change politely to who listens instead of looks; what was there from the start is not news. */
export function Announce({ about, words }: { readonly about: string; readonly words: string }) {
  const [said, setSaid] = useState('')
  const before = useRef({ about, words })
  useEffect(() => {
    const last = before.current
    before.current = { about, words }
    if (last.about === about && last.words !== words) setSaid(words)
    if (last.about !== about) setSaid('')
  }, [about, words])
  return (
    <p className="sr" aria-live="polite">
      {said}
    </p>
  )
}
