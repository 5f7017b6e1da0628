import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../support/eventually.ts'
import { hasPlace, lineOf, QUIET, startPerson, wants } from './people.ts'
import { startPlainRelay } from './plain-relay.ts'

test('people who announce themselves on the same relay see each other; others neither see nor are seen', async (t) => {
  const relay = await startPlainRelay()
  t.after(() => relay.stop())
  const relays = [relay.known]
  const settings = { ...QUIET, announce: true }
  const [a, b, quiet] = await Promise.all([
    startPerson(t, { relays, settings }),
    startPerson(t, { relays, settings }),
    startPerson(t, { relays }),
  ])
  await eventually(() => hasPlace(a) && hasPlace(b) && hasPlace(quiet))
  const seenBy = (person: typeof a) => [...person.network.nearby.rows()].map(([, { id, via }]) => `${via} ${id}`)
  await eventually(() => seenBy(a).length > 0 && seenBy(b).length > 0, { withinMs: 45_000 })
  assert.deepEqual(seenBy(a), [`relay ${b.id}`])
  assert.deepEqual(seenBy(b), [`relay ${a.id}`])
  assert.deepEqual(seenBy(quiet), [])

  a.network.setSettings(QUIET)
  assert.deepEqual(seenBy(a), [])
})

test('a contact who moved to another relay is found through the DHT of ours', async (t) => {
  const [old, next] = await Promise.all([startPlainRelay(), startPlainRelay()])
  t.after(() => next.stop())
  const a = await startPerson(t, { relays: [next.known] })
  const b = await startPerson(t, { relays: [old.known] })
  await eventually(() => hasPlace(a) && hasPlace(b))
  const stale = wants(b)
  b.network.setRelays([next.known])
  await eventually(() => b.network.ownAddresses().relayed[0]?.startsWith(next.address))
  await old.stop()
  a.contacts.add(b.id)
  b.contacts.add(a.id)
  a.network.setWanted([{ ...stale, addresses: stale.addresses.filter((address) => address.includes('p2p-circuit')) }])
  await eventually(() => lineOf(a, b) === 'relayed', { withinMs: 20_000 })
})
