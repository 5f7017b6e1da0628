import type { Attempt } from '../../shared/domain/attempt.ts'
import type { Path } from '../../shared/domain/line.ts'
import type { Listing } from '../../shared/domain/listing.ts'
import type { NatReport } from '../../shared/domain/nat-report.ts'
import type { Peer, PeerId, PeerPurpose } from '../../shared/domain/peer.ts'
import type { Relay, RelaySource } from '../../shared/domain/relay.ts'

// The face of this folder. No libp2p type appears in it, so that messaging can be tested and simulated without libp2p.

/** What the network may do with a peer. Asked at every dial and every accepted connection or stream, so answers may change at any time. */
export interface Trust {
  /** Refused at the door, in both directions. */
  isBlocked(peer: PeerId): boolean
  /** A mutual contact: may open the streams registered for contacts. */
  isContact(peer: PeerId): boolean
  /** A mutual contact with whom neither the global nor the contact's own relay-only switch is on. */
  mayConnectDirectly(peer: PeerId): boolean
  /**
   * A connection that this peer opens to one of our direct addresses may be accepted, a stranger's too: it knows the
   * address already. Never a reason to dial or upgrade. Absent = as `mayConnectDirectly`.
   */
  mayArriveDirectly?(peer: PeerId): boolean
  /**
   * The user entered this direct address of the peer himself (`/p2p/…` not included): it is dialled even where it is
   * private and not on our own network. Never for an address that a link, a record or another peer told us. Absent = none.
   */
  isEntered?(peer: PeerId, address: string): boolean
}

export interface NetworkOptions {
  /** 32-byte Ed25519 seed. */
  readonly seed: Uint8Array
  readonly trust: Trust
  readonly settings: NetworkSettings
  /** Ports to listen on; 0 or absent = chosen by the system. `host` defaults to all interfaces. */
  readonly listen?: { readonly host?: string; readonly tcp?: number; readonly ws?: number; readonly quic?: number }
  readonly log?: (event: string, fields?: Readonly<Record<string, unknown>>) => void
}

/** The switches the network obeys; may be changed while it runs. */
export interface NetworkSettings {
  readonly mdns: boolean
  readonly portMapping: boolean
  readonly announce: boolean
}

/** Someone we want to be connected to, tried for ever with growing pauses. */
export interface WantedPeer {
  readonly id: PeerId
  readonly purpose: Extract<PeerPurpose, 'contact'>
  readonly name?: string
  /** Multiaddrs, relayed and direct ones; direct ones are used only where trust allows. */
  readonly addresses: readonly string[]
}

export interface KnownRelay {
  readonly id: PeerId
  readonly name?: string
  /** Multiaddrs without the relay's `/p2p/…` or with it. */
  readonly addresses: readonly string[]
  readonly source: RelaySource
  /**
   * Those of its addresses that the user typed or the program came with: only these may lead anywhere on a local
   * network. Absent = all of them when the source is `entered` or `packaged`, otherwise none.
   */
  readonly entered?: readonly string[]
  /** Keep a place here even when two better ones hold: some contact knows no other relay of ours. */
  readonly isNeeded?: boolean
}

/**
 * One stream of length-prefixed frames to one peer, on one connection.
 * Iterating yields frames in order and ends when the other side closes; it throws when the stream was reset.
 */
export interface FrameStream extends AsyncIterable<Uint8Array> {
  readonly peer: PeerId
  /** `outbound`: we opened it. */
  readonly direction: 'inbound' | 'outbound'
  /** The path of the connection that carries it, as observed now. */
  path(): Path
  /** Resolves when the transport took the frame (its buffer has room again). Throws when the stream is closed, or the frame is over FRAME_MAX_BYTES. */
  send(frame: Uint8Array): Promise<void>
  /** Says goodbye: frames of ours under way still arrive. What the other side says from now on is dropped. */
  close(): Promise<void>
  /** Ends it at once in both directions. */
  abort(reason: Error): void
  /** Aborted as soon as the stream has ended for whatever reason. */
  readonly ended: AbortSignal
}

/** Who may open streams of a protocol towards us. Others are reset before a byte is read. */
export type Callers = 'contacts' | 'anyone'

/** Everything the rest of the messenger knows of the network. */
export interface Network {
  readonly self: PeerId
  /** Resolves when listening; never waits for relays or peers. Rejects only when the machine refuses (`port-taken`). */
  start(): Promise<void>
  stop(): Promise<void>

  /** Every connected peer. */
  readonly peers: Listing<Peer>
  /** Relays we know, with state and contract. */
  readonly relays: Listing<Relay>
  /** Our own reachability. */
  report(): NatReport
  /** What was tried lately to get on without a relay. */
  readonly attempts: Listing<Attempt>
  /** Own addresses as others could dial them now, `/p2p/<self>` not included. */
  ownAddresses(): OwnAddresses
  /** Called when report() or ownAddresses() may have changed. */
  onOwnChange(listener: () => void): () => void

  setSettings(settings: NetworkSettings): void
  /** Replaces the list of people to stay connected to. Connections that trust no longer allows are closed. */
  setWanted(peers: readonly WantedPeer[]): void
  /** Replaces the list of relays. */
  setRelays(relays: readonly KnownRelay[]): void
  /** Trust changed: closes what is no longer allowed, dials what now is. */
  reviewTrust(): void
  /** Tries everything again now (wake, interface change, button). */
  retryNow(): void

  /** Best path to a peer now; `none` when not connected, `unknown` before the first attempt ended. */
  path(peer: PeerId): Path
  /** Called with a peer whenever its best path changed, appeared or went. */
  onPath(listener: (peer: PeerId, path: Path) => void): () => void

  /** Accepts streams of a protocol. The handler owns the stream; a handler that throws resets it. */
  handle(protocol: string, callers: Callers, handler: (stream: FrameStream) => void | Promise<void>): Promise<void>
  /** Opens a stream on the best open connection to the peer; dials known addresses first when there is none. Throws when unreachable or refused. */
  open(
    peer: PeerId,
    protocol: string,
    options: { readonly signal: AbortSignal; readonly addresses?: readonly string[] },
  ): Promise<FrameStream>

  /** Peers seen on the local network (mDNS) or announced on our relays, with addresses. Only ids: names come by the card protocol. */
  readonly nearby: Listing<{ readonly id: PeerId; readonly via: 'lan' | 'relay' }>
}

export interface OwnAddresses {
  /** `/…/p2p/<relay>/p2p-circuit`, one per reservation and relay address, best first. */
  readonly relayed: readonly string[]
  /** Addresses others could dial directly: LAN, global IPv6, public, mapped; verified ones first. */
  readonly direct: readonly string[]
}
