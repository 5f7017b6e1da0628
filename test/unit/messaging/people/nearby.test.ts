import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../../support/eventually.ts'
import { createWorld, introduce, type Person } from './world.ts'

const shown = (by: Person) => [...by.people.nearby.rows()].map(([, { name, via }]) => `${name} (${via})`)

test('people on the local network appear with their name, and can be asked without a link', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  ada.network.setNearby([[bea.id, 'lan']])
  await eventually(() => shown(ada).join() === 'Bea (lan)')
  assert.equal((await ada.people.ask(bea.id, 'Hello')).ok, true)
  await eventually(() => bea.contact(ada)?.note === 'Hello')
  await bea.people.accept(ada.id)
  await eventually(() => ada.contact(bea)?.state === 'mutual')
  assert.equal(ada.contact(bea)?.name, 'Bea')
  assert.deepEqual(shown(ada), [], 'a contact is not a stranger nearby')
})

test('somebody who does not want to be seen shows no card', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea', { isVisible: false })]
  ada.network.setNearby([[bea.id, 'lan']])
  await eventually(() => ada.network.opened.length > 0 && ada.network.openStreams().length === 0)
  assert.deepEqual(shown(ada), [])
})

test('a stranger over a relay gets my card only if I announce myself there', async (t) => {
  const world = createWorld(t)
  const ada = await world.person('Ada')
  const [quiet, loud] = [await world.person('Quiet'), await world.person('Loud', { announce: true })]
  for (const other of [quiet, loud]) world.hub.connect(ada.id, other.id, { line: { kind: 'relayed', relay: 'relay' } })
  ada.network.setNearby([
    [quiet.id, 'relay'],
    [loud.id, 'relay'],
  ])
  await eventually(() => shown(ada).join() === 'Loud (relay)')
  await eventually(() => ada.network.openStreams().length === 0)
  assert.deepEqual(shown(ada), ['Loud (relay)'])
})

test('who goes from the network goes from the list', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  ada.network.setNearby([[bea.id, 'lan']])
  await eventually(() => shown(ada).length === 1)
  ada.network.setNearby([])
  assert.deepEqual(shown(ada), [])
})

test('contacts are not listed as nearby', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  await introduce(ada, bea)
  const before = ada.network.opened.length
  ada.network.setNearby([[bea.id, 'lan']])
  assert.deepEqual(shown(ada), [])
  assert.equal(ada.network.opened.length, before, 'nor asked for a card')
})
