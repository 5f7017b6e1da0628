/** Why a relay could not start. The operator can mend each of these. */
export type RelayStartProblem =
  | 'port-taken'
  | 'port-forbidden'
  | 'host-not-here'
  | 'announce-invalid'
  | 'announce-foreign'
  | 'certificate-unreadable'
  | 'certificate-bad'
  | 'members-unreadable'
  | 'members-bad'
  | 'data-unwritable'
  | 'key-damaged'

/** Thrown while a relay starts; `subject` is the port, file or address in question. Anything else thrown is a bug. */
export class RelayStartError extends Error {
  override readonly name = 'RelayStartError'
  readonly problem: RelayStartProblem
  readonly subject: string

  constructor(problem: RelayStartProblem, subject: string, options?: ErrorOptions) {
    super(`the relay could not start: ${problem} ${subject}`, options)
    this.problem = problem
    this.subject = subject
  }
}

const SYSTEM_WORDS: readonly (readonly [RegExp, RelayStartProblem])[] = [
  [/EADDRINUSE|address (is )?already in use|address in use/i, 'port-taken'],
  [/EACCES|permission denied/i, 'port-forbidden'],
  [/EADDRNOTAVAIL|cannot assign requested address|can't assign requested address/i, 'host-not-here'],
]

/** Turns what a failed listen threw into a `RelayStartError`; anything unknown comes back as it is. */
export function listenFailure(error: unknown): unknown {
  const text = error instanceof Error ? error.message : String(error)
  for (const [words, problem] of SYSTEM_WORDS) {
    const place = words.exec(text)
    if (place !== null) return new RelayStartError(problem, whichAddress(text, place.index), { cause: error })
  }
  return error
}

/** `ip:port` as Node writes it behind its words, else the multiaddr that libp2p writes in front of them. */
function whichAddress(text: string, wordsAt: number): string {
  const behind = /(?<![\w/.])(?:\[?[0-9a-f]*:[0-9a-f:.]+\]?|\d+(?:\.\d+){3})(?::\d+)?/i.exec(text.slice(wordsAt))
  if (behind !== null) return behind[0]
  return (
    text
      .slice(0, wordsAt)
      .match(/\/ip[46]\/[^\s:]+/g)
      ?.at(-1) ?? 'an address it was told to listen on'
  )
}
