/** Our own distributed hash table, apart from the public one: servers on relays, clients on desktops. */
export const DHT_PROTOCOL = '/sightline/kad/1.0.0'

/** The one GossipSub topic: who is reachable through which relay, for those who opted in. */
export const ANNOUNCE_TOPIC = 'sightline/announce/1'

/** Contacts tell each other how they stand behind their routers (nat/report-exchange.ts). */
export const NAT_PROTOCOL = '/sightline/nat/1'

/** What identify tells others about this program. */
export const AGENT = 'sightline/0.1.0'

/** Protocols libp2p itself speaks, named here where we decide who may open them. */
export const LIBP2P_PROTOCOLS = {
  ping: '/ipfs/ping/1.0.0',
  identify: '/ipfs/id/1.0.0',
  identifyPush: '/ipfs/id/push/1.0.0',
  hop: '/libp2p/circuit/relay/0.2.0/hop',
  stop: '/libp2p/circuit/relay/0.2.0/stop',
  autonatDialRequest: '/libp2p/autonat/2/dial-request',
  dcutr: '/libp2p/dcutr',
  autonatDialBack: '/libp2p/autonat/2/dial-back',
} as const
