import { FRAME_MAX_BYTES } from '../../shared/domain/limits.ts'

const KIB = 1024

/**
 * Half-open inbound connections, on desktops and relays alike. With libp2p's 10 of 10 s each, one silent connection a
 * second shuts out every honest dial; with these, 100 silent ones a second do not.
 */
export const PENDING_CONNECTIONS = { maxIncomingPendingConnections: 500, inboundUpgradeTimeout: 2_000 } as const

/** Connections of a desktop: contacts, relays and the local network are tagged and survive when it is full. */
export const DESKTOP_CONNECTIONS = {
  ...PENDING_CONNECTIONS,
  maxConnections: 64,
  // Per second and IP address. Everyone behind our own relay or carrier NAT shares one.
  inboundConnectionThreshold: 20,
  maxParallelDials: 24,
  maxPeerAddrsToDial: 24,
  dialTimeout: 10_000,
  addressDialTimeout: 3_000,
  // Our own supervisors reconnect (connections/reconnect.ts, places/relay.ts); libp2p's gives up after 31 s.
  reconnectRetries: 0,
} as const

/** Stream multiplexing with finite buffers: a reader that never reads costs its peer the stream, not us our memory. */
export const MUXER = {
  maxInboundStreams: 128,
  maxOutboundStreams: 256,
  streamOptions: {
    // A window that grows beyond the read buffer resets the streams of whoever pauses his reading for a moment.
    maxStreamWindowSize: 256 * KIB,
    maxReadBufferLength: 256 * KIB + FRAME_MAX_BYTES,
    maxWriteBufferLength: 1024 * KIB,
  },
} as const

/** Pings of the heartbeat and those of the hash table run side by side on one connection; libp2p allows one. */
export const PINGS = { maxInboundStreams: 4, maxOutboundStreams: 8 } as const

/** Streams of one protocol of ours per connection. */
export const STREAMS_PER_PROTOCOL = { inbound: 8, outbound: 16 } as const

/** Largest identify message read, in bytes: 1,000 junk addresses are refused, 40 real ones are not. */
export const IDENTIFY_MAX_BYTES = 8 * KIB

/** Largest GossipSub packet read, in bytes. */
export const GOSSIP_MAX_BYTES = 64 * KIB

/** Largest announcement on the announce topic, in bytes. */
export const ANNOUNCEMENT_MAX_BYTES = 4 * KIB

/** Connections of people we do not know, out of all; contacts and relays must always find room. */
export const VISITORS_MAX = 24

/** Places held on relays at a time. */
export const RESERVATIONS_WANTED = 2
