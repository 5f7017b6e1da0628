// How a relay of ours tells its name: in the user agent that identify carries, so that it needs no protocol of its own.

const RELAY_AGENT = 'sightline-relay/0.1.0'

/** The user agent of a relay: `sightline-relay/0.1.0 (harbour)`. */
export function relayAgent(name: string | undefined): string {
  return name === undefined || name === '' ? RELAY_AGENT : `${RELAY_AGENT} (${name})`
}

/** The name in a relay's user agent, as the relay wrote it: untrusted, to be cleaned before it is shown. */
export function nameInRelayAgent(agent: string | undefined): string | undefined {
  return /^sightline-relay\/\S+ \((.{1,200})\)$/su.exec(agent ?? '')?.[1]
}

/** Does the program with this user agent run on js-libp2p? Its authors count and dial otherwise than the others in places. */
export function runsOnJs(agent: string | undefined): boolean {
  return /^(js-libp2p|sightline|libp2p\/)/.test(agent ?? '')
}
