import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts'
import { temporaryStorage } from '../../support/storage.ts'

test('settings start with their defaults, and a change touches only what it names', async (t) => {
  const storage = await temporaryStorage(t)
  assert.deepEqual(await storage.request('settings.read'), DEFAULT_SETTINGS)
  const changed = { ...DEFAULT_SETTINGS, relayOnly: true, theme: 'dark' }
  assert.deepEqual(await storage.request('settings.change', { relayOnly: true, theme: 'dark' }), changed)
  assert.deepEqual(await storage.request('settings.change', {}), changed)
  assert.deepEqual(await storage.request('settings.read'), changed)
})

test('a relay is kept once, with the newest of what is known and the day it was added', async (t) => {
  const storage = await temporaryStorage(t)
  const relay = { id: 'relay-1', addresses: ['/ip4/127.0.0.1/tcp/1'], source: 'invite', addedAt: 5 } as const
  await storage.request('relays.put', relay)
  await storage.request('relays.put', { ...relay, name: 'Ours', source: 'entered', addedAt: 9 })
  await storage.request('relays.put', { ...relay, id: 'relay-2', addedAt: 1 })
  assert.deepEqual(await storage.request('relays.list'), [
    { ...relay, id: 'relay-2', addedAt: 1 },
    { ...relay, name: 'Ours', source: 'entered' },
  ])
  assert.equal(await storage.request('relays.remove', 'relay-1'), true)
  assert.equal(await storage.request('relays.remove', 'relay-1'), false)
})

test('named numbers only grow, each for itself', async (t) => {
  const storage = await temporaryStorage(t)
  const numbers = []
  for (const name of ['a', 'a', 'b', 'a']) numbers.push(await storage.request('profile.nextNumber', name))
  assert.deepEqual(numbers, [1, 2, 1, 3])
})

test('there is only ever one identity in a database', async (t) => {
  const storage = await temporaryStorage(t)
  assert.equal(await storage.request('profile.read'), undefined)
  const profile = { seed: new Uint8Array(32), instance: new Uint8Array(16), name: '', createdAt: 1 }
  await storage.request('profile.create', profile)
  await assert.rejects(storage.request('profile.create', profile), /UNIQUE/)
})
