import { gossipsub } from '@libp2p/gossipsub'
import { ANNOUNCEMENT_MAX_BYTES, GOSSIP_MAX_BYTES } from '../limits.ts'
import { ANNOUNCE_TOPIC } from '../protocols.ts'

/**
 * GossipSub as we run it on desktops and relays: one public topic for announcements, signed, small. It is a way to be
 * found, never a way to deliver: what is published right after a dial, or across an outage, is lost.
 */
export const announcementGossip = () =>
  gossipsub({
    globalSignaturePolicy: 'StrictSign',
    allowedTopics: [ANNOUNCE_TOPIC],
    maxInboundDataLength: GOSSIP_MAX_BYTES,
    maxOutboundBufferSize: 4 * GOSSIP_MAX_BYTES,
    maxTopicBytesPerPeer: ANNOUNCEMENT_MAX_BYTES,
    decodeRpcLimits: {
      maxSubscriptions: 16,
      maxMessages: 64,
      maxIhaveMessageIDs: 256,
      maxIwantMessageIDs: 256,
      maxIdontwantMessageIDs: 256,
      maxControlMessages: 64,
      maxPeerInfos: 16,
    },
    awaitRpcMessageHandler: true,
    doPX: false,
    fallbackToFloodsub: false,
    emitSelf: false,
    allowPublishToZeroTopicPeers: true,
    // Everyone behind one relay has the relay's address; the default silences all of them when they are more than ten.
    scoreParams: { IPColocationFactorWeight: 0 },
  })
