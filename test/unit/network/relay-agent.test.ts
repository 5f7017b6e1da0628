import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameInRelayAgent, relayAgent } from '../../../electron/network/relay-agent.ts'

for (const name of ['harbour', 'Lena (home)', 'Åsa’s relay'])
  test(`a relay called ${name} is read back by that name`, () => assert.equal(nameInRelayAgent(relayAgent(name)), name))

for (const agent of [
  undefined,
  '',
  relayAgent(undefined),
  relayAgent(''),
  'go-libp2p/0.41 (kubo)',
  'sightline/0.1.0',
  `sightline-relay/1 (${'x'.repeat(201)})`,
])
  test(`no name is read from ${String(agent).slice(0, 40)}`, () => assert.equal(nameInRelayAgent(agent), undefined))
