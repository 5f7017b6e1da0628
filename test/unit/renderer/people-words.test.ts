import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nameRoom } from '../../../renderer/first-run/name-room.ts'
import { seenBy } from '../../../renderer/people/seen.ts'
import { hasAddressOfTheirs } from '../../../renderer/people/truth.ts'
import { failureSentence } from '../../../renderer/words/failure.ts'
import { words } from '../../../renderer/words/words.ts'
import type { LineKind } from '../../../shared/domain/line.ts'

const { people } = words

describe('what somebody who asks sees of me', () => {
  const settings = { isVisible: true, relayOnly: false }
  const open = { settings, nearby: undefined, invites: [{ createdAt: 7, hasDirectAddresses: true }] }
  const by = (kind: Exclude<LineKind, 'relayed' | 'upgrading'>) => ({ path: { line: { kind } }, isRelayOnly: false })
  const relayed = { path: { line: { kind: 'relayed', relay: 'r' } }, isRelayOnly: false } as const

  it('is no address where they came by relay', () => {
    assert.match(people.sees(seenBy(relayed, open)), /sees no address of yours through this/)
  })
  it('is name, key and address where they are on my network, and no name where I do not show it', () => {
    assert.match(people.sees(seenBy(by('lan'), open)), /name, key and address here already/)
    assert.match(people.sees(seenBy(by('none'), { ...open, nearby: { via: 'lan' } })), /name, key and address/)
    const hidden = { ...open, settings: { ...settings, isVisible: false } }
    assert.match(people.sees(seenBy(by('lan'), hidden)), /can see your key and address/)
  })
  it('is my address on a direct line, and in a link that holds it', () => {
    assert.match(people.sees(seenBy(by('direct'), open)), /sees your internet address already/)
    assert.match(people.sees(seenBy({ ...relayed, usedInviteOf: 7 }, open)), /address from that link/)
  })
  it('is left unsaid when they are gone again and nobody saw how they came', () => {
    assert.match(people.sees(seenBy(by('none'), open)), /^Accepting shows/)
  })
  it('holds no address after accepting where “Relay only” is on for all or for them', () => {
    assert.match(people.sees(seenBy({ ...relayed, isRelayOnly: true }, open)), /but no address/)
    const all = { ...open, settings: { ...settings, relayOnly: true } }
    assert.match(people.sees(seenBy(relayed, all)), /but no address/)
  })
})

describe('where a request goes, before it is sent', () => {
  const asking = { name: 'Bea', way: 'relay', hasAddress: false, isRelayOnly: false, nearby: undefined } as const
  it('may be this network as well as a relay, but not with “Relay only”', () => {
    assert.match(people.asking(asking), /or over this network if you are both on it/)
    assert.doesNotMatch(people.asking({ ...asking, isRelayOnly: true }), /network/)
  })
  it('is never called direct with “Relay only”', () => {
    assert.match(people.asking({ ...asking, way: 'direct' }), /calls it directly/)
    assert.match(people.asking({ ...asking, way: 'direct', isRelayOnly: true }), /waits here/)
  })
  it('names an address that stands beside the relays of a link', () => {
    const circuit = '/ip4/192.0.2.1/tcp/1/p2p/r/p2p-circuit'
    assert.equal(hasAddressOfTheirs({ addresses: [circuit] }), false)
    assert.equal(hasAddressOfTheirs({ addresses: [circuit, '/ip4/192.0.2.2/tcp/1'] }), true)
    assert.match(people.asking({ ...asking, hasAddress: true }), /Bea sees yours/)
  })
  it('is this network for the bare key of somebody who shows themselves on it', () => {
    assert.match(people.asking({ ...asking, way: 'nothing', nearby: 'lan' }), /on this network right now/)
    assert.match(people.asking({ ...asking, way: 'nothing' }), /does not say where/)
  })
})

describe('an empty list of who is around', () => {
  it('says when nobody is looked for on this network, and when I do not show myself', () => {
    assert.match(people.nearbyNone({ mdns: false, isVisible: true }), /does not look/)
    assert.match(people.nearbyNone({ mdns: true, isVisible: false }), /You do not show yours/)
    assert.match(people.nearbyNone({ mdns: true, isVisible: true }), /with you it is on/)
  })
  it('says which switch keeps my relays empty', () => {
    assert.match(people.announcedNone({ announce: false, isVisible: true }), /Announce myself on my relays/)
    assert.match(people.announcedNone({ announce: true, isVisible: false }), /Appear on this network/)
    assert.match(people.announcedNone({ announce: true, isVisible: true }), /a relay that both of you use/)
  })
})

describe('a name', () => {
  it('that is too long is told which limit it passes', () => {
    assert.equal(nameRoom('x'.repeat(65)).tooLong, '65 characters: a name has 64 at most.')
    assert.match(nameRoom('名'.repeat(33)).tooLong ?? '', /takes 99 bytes, and may take 96/)
    assert.equal(nameRoom('x'.repeat(64)).tooLong, undefined)
  })
  it('near the limit is told how much room is left', () => {
    assert.deepEqual(nameRoom('Ada'), {})
    assert.deepEqual(nameRoom('x'.repeat(60)), { left: '4 characters left.' })
  })
})

describe('words of links', () => {
  it('tell what is no link from a link that is damaged', () => {
    assert.match(failureSentence({ code: 'invite-damaged', detail: { found: 'no-link' } }), /not a Sightline link/)
    assert.match(failureSentence({ code: 'invite-damaged' }), /damaged or cut off/)
  })
  it('say at which time or on which day one was made', () => {
    const now = new Date(2026, 10, 20, 14, 26).getTime()
    assert.match(people.made(new Date(2026, 10, 20, 12, 47).getTime(), now), /^Made at 12.47/)
    assert.match(people.made(new Date(2026, 10, 3).getTime(), now), /^Made on .*3/)
  })
})
