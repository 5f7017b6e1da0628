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
    if (place === null) continue
    // libp2p lists every failed address with its error below it: the last one before the words is the one.
    const before = text.slice(0, place.index + place[0].length + 80)
    const named = [...before.matchAll(/\/(?:ip4|ip6)\/\S+?(?=:? |:$|:\n|$)/gm)].map(([address]) => address)
    const system = /(?:EADDRINUSE|EACCES|EADDRNOTAVAIL)\S* (\S+)/.exec(text.slice(place.index))?.[1]
    return new RelayStartError(problem, named.at(-1) ?? system ?? '', { cause: error })
  }
  return error
}
