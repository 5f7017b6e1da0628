// What is said of a request before it is sent or answered, and when. The words themselves stand in each language.

/** What is known of a way to somebody, before anything is called. */
export interface Asking {
  readonly name: string
  readonly way: 'relay' | 'direct' | 'nothing'
  /** The link holds an internet address besides its relays. */
  readonly hasAddress: boolean
  readonly isRelayOnly: boolean
  /** They show themselves right now. */
  readonly nearby: 'lan' | 'relay' | undefined
}

/** The sentences about where a request goes. */
export interface AskingWords {
  readonly byRelay: (name: string, also: { readonly orNetwork: boolean; readonly orDirect: boolean }) => string
  readonly onMyRelay: (name: string) => string
  readonly relayOnlyDirect: (name: string) => string
  readonly relayOnlyNothing: (name: string) => string
  readonly onNetwork: (name: string) => string
  readonly direct: (name: string) => string
  readonly nothing: (name: string) => string
}

/** Makes the sentence where a request goes, and who learns what by it. */
export const askingSentence =
  (said: AskingWords) =>
  ({ name, way, hasAddress, isRelayOnly, nearby }: Asking): string => {
    if (way === 'relay') return said.byRelay(name, { orNetwork: !isRelayOnly, orDirect: hasAddress && !isRelayOnly })
    if (nearby === 'relay') return said.onMyRelay(name)
    if (isRelayOnly) return way === 'direct' ? said.relayOnlyDirect(name) : said.relayOnlyNothing(name)
    if (nearby === 'lan') return said.onNetwork(name)
    return way === 'direct' ? said.direct(name) : said.nothing(name)
  }

/** What somebody who asks sees of me already, as far as it was observed, and what accepting adds. */
export interface Seen {
  readonly by: 'network' | 'direct' | 'relay' | 'unknown'
  readonly isVisible: boolean
  readonly isRelayOnly: boolean
  /** The link of mine that they used holds an address. */
  readonly hasAddress: boolean
}

/** The sentences about what is seen of me. */
export interface SeenWords {
  readonly network: (isVisible: boolean) => string
  readonly direct: string
  readonly relay: string
  readonly byLink: string
  readonly accepting: string
  readonly acceptingRelayOnly: string
}

/** Makes the sentence what is seen of me now, and what accepting adds. */
export const seenSentence =
  (said: SeenWords) =>
  ({ by, isVisible, isRelayOnly, hasAddress }: Seen): string => {
    const already = {
      network: said.network(isVisible),
      direct: said.direct,
      relay: hasAddress ? said.byLink : said.relay,
      unknown: hasAddress ? said.byLink : '',
    }[by]
    const then = isRelayOnly ? said.acceptingRelayOnly : said.accepting
    return already === '' ? then : `${already} ${then}`
  }

/** The switches by which I see others and am seen. */
export interface Findable {
  readonly mdns: boolean
  readonly announce: boolean
  readonly isVisible: boolean
}
