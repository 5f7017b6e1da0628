import { type Message, type TopicValidatorFn, TopicValidatorResult } from '@libp2p/gossipsub'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Identity } from '../identity.ts'
import type { Node } from '../node.ts'
import { createSwitch, type Switch } from '../pace/switch.ts'
import { ANNOUNCE_TOPIC } from '../protocols.ts'
import { type Announcement, decodeAnnouncement, encodeAnnouncement } from './announcement.ts'

/** Tells those on our relays that we are here, and hears who else is; only while switched on. */
export interface Announcer extends Switch {
  /** Our places on relays changed. */
  refresh(): void
}

export interface AnnouncerOptions {
  readonly node: Node
  readonly identity: Identity
  readonly addresses: () => Multiaddr[]
  readonly onAnnouncement: (announcement: Announcement) => void
}

// GossipSub loses what is published before the mesh stands, so it is said again.
const EVERY_MS = 30_000
const FIRST_MS = 2_000

/** Off until switched on. */
export function createAnnouncer({ node, identity, addresses, onAnnouncement }: AnnouncerOptions): Announcer {
  const { gossip } = node
  let publish: (() => void) | undefined

  // Relays check this too, but a relay is nobody to believe.
  const validate: TopicValidatorFn = (_from, message) =>
    announcementIn(message) === undefined ? TopicValidatorResult.Reject : TopicValidatorResult.Accept

  const onMessage = ({ detail }: CustomEvent<Message>) => {
    const announcement = detail.topic === ANNOUNCE_TOPIC ? announcementIn(detail) : undefined
    if (announcement !== undefined && announcement.peer !== identity.id) onAnnouncement(announcement)
  }

  const onOff = createSwitch(async () => {
    gossip.topicValidators.set(ANNOUNCE_TOPIC, validate)
    gossip.addEventListener('message', onMessage)
    gossip.subscribe(ANNOUNCE_TOPIC)
    publish = () => {
      const own = addresses()
      if (own.length === 0) return
      // Reaching nobody is the normal case while there is no relay.
      void gossip.publish(ANNOUNCE_TOPIC, encodeAnnouncement(identity.privateKey.publicKey, own)).catch(() => {})
    }
    const first = setTimeout(publish, FIRST_MS)
    const again = setInterval(publish, EVERY_MS)
    first.unref()
    again.unref()
    return async () => {
      publish = undefined
      clearTimeout(first)
      clearInterval(again)
      gossip.removeEventListener('message', onMessage)
      gossip.unsubscribe(ANNOUNCE_TOPIC)
      gossip.topicValidators.delete(ANNOUNCE_TOPIC)
    }
  })

  return { ...onOff, refresh: () => publish?.() }
}

/** The announcement in a message, when its signer speaks of himself. */
function announcementIn(message: Message): Announcement | undefined {
  if (message.type !== 'signed') return undefined
  const announcement = decodeAnnouncement(message.data)
  return announcement?.peer === message.from.toString() ? announcement : undefined
}
