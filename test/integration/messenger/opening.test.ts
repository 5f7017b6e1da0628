import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { eventually } from '../../support/eventually.ts'
import { liveView } from '../../support/live-view.ts'
import { type MessengerProcess, openProfile, startMessenger } from '../../support/messenger-process.ts'
import { createScene } from './scene.ts'

const RELAY_ID = '12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp'

function setUp(t: TestContext) {
  const directory = mkdtempSync(join(tmpdir(), 'sightline-opening-'))
  const running: MessengerProcess[] = []
  t.after(async () => {
    await Promise.all(running.map((messenger) => messenger.kill()))
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
  })
  return {
    directory,
    async start(options: Partial<Parameters<typeof startMessenger>[0]> = {}) {
      const messenger = await startMessenger({ directory: join(directory, 'profile'), ...options })
      running.push(messenger)
      return messenger
    },
  }
}

test('a profile locks, shows nothing while it is locked, and opens again with its passphrase only', async (t) => {
  const { start } = setUp(t)
  const messenger = await start()
  const self = liveView(messenger.bridge, 'self')
  await openProfile(messenger, { name: 'Ada', passphrase: 'open sesame' })
  await eventually(() => self.only?.name === 'Ada')
  await messenger.do('profile.lock', {})
  await eventually(() => self.rows.size === 0)
  const refused = await messenger.bridge.ask('profile.rename', { name: 'Eve' })
  assert.deepEqual(!refused.ok && refused.failure.code, 'locked')
  const wrong = await messenger.bridge.ask('profile.unlock', { passphrase: 'open barley' })
  assert.deepEqual(!wrong.ok && wrong.failure.code, 'wrong-passphrase')
  await messenger.do('profile.unlock', { passphrase: 'open sesame' })
  await eventually(() => self.only?.name === 'Ada')
})

test('a profile that is open in one process is refused to a second one, and free when the first has stopped', async (t) => {
  const { start } = setUp(t)
  const first = await start()
  await openProfile(first, { name: 'Ada' })
  const second = await start()
  const session = liveView(second.bridge, 'session')
  await eventually(() => {
    const now = session.only
    return now?.state === 'failed' && now.failure.code === 'profile-in-use'
  })
  await first.stop()
  await second.do('profile.unlock', { passphrase: '' })
  const self = liveView(second.bridge, 'self')
  await eventually(() => self.only?.name === 'Ada')
})

test('without any relay the profile opens, and says that nobody can reach it through its link', async (t) => {
  const { start } = setUp(t)
  const messenger = await start()
  await openProfile(messenger, { name: 'Ada' })
  const self = liveView(messenger.bridge, 'self')
  await eventually(() => self.only?.reach.line.kind === 'none')
  assert.deepEqual(self.only?.reachableThrough, [])
})

test('a relay that does not answer at start is shown with its reason, and holds nothing up', async (t) => {
  const { start } = setUp(t)
  // Nothing listens on port 1.
  const messenger = await start({ relays: [`/ip4/127.0.0.1/tcp/1/p2p/${RELAY_ID}`] })
  await openProfile(messenger, { name: 'Ada' })
  const relays = liveView(messenger.bridge, 'relays')
  const relay = await eventually(() => {
    const row = relays.rows.get(RELAY_ID)
    return row?.state === 'unreachable' ? row : undefined
  })
  assert.ok((relay.reason ?? '').length > 3)
  assert.ok((relay.retryAt ?? 0) > Date.now())
  assert.equal(relay.source, 'entered')
  await messenger.do('relay.remove', { id: RELAY_ID })
  await eventually(() => relays.rows.size === 0)
})

test('a relay without a free place is shown as having refused', async (t) => {
  const scene = await createScene(t, ['--max-reservations', '1'])
  const ada = await scene.start('ada')
  const relaysOfAda = liveView(ada.bridge, 'relays')
  await eventually(() => relaysOfAda.rows.get(scene.relay().id)?.state === 'reserved')
  const bea = await scene.start('bea')
  const relaysOfBea = liveView(bea.bridge, 'relays')
  const row = await eventually(() => {
    const found = relaysOfBea.rows.get(scene.relay().id)
    return found?.state === 'refused' ? found : undefined
  })
  assert.match(row.reason ?? '', /RESERVATION_REFUSED|RESOURCE_LIMIT/)
})

test('a pasted megabyte is refused with the limit named, and what was written before stays', async (t) => {
  const scene = await createScene(t)
  const [ada, bea] = await Promise.all([scene.start('ada'), scene.start('bea')])
  const { conversation } = await scene.befriend(ada, bea)
  const refused = await ada.bridge.ask('message.send', { conversation, text: 'x'.repeat(1024 * 1024) })
  assert.deepEqual(!refused.ok && refused.failure, {
    code: 'too-long',
    detail: { limit: 16_384, unit: 'bytes', length: 1024 * 1024 },
  })
  const longest = 'é'.repeat(8192)
  await ada.do('message.send', { conversation, text: longest })
  await scene.expectTexts(bea, conversation, [longest])
})

test('the line goes from relayed to this network when relay-only is switched off, and back', async (t) => {
  const scene = await createScene(t)
  const [ada, bea] = await Promise.all([scene.start('ada'), scene.start('bea')])
  await scene.befriend(ada, bea)
  const [atAda, atBea] = [liveView(ada.bridge, 'people'), liveView(bea.bridge, 'people')]
  const lines = () => [...atAda.rows.values(), ...atBea.rows.values()].map(({ path }) => path.line.kind)
  await Promise.all([ada, bea].map((who) => who.do('settings.change', { relayOnly: false })))
  await eventually(() => lines().join() === 'lan,lan', { what: 'a line on this network' })
  await ada.do('settings.change', { relayOnly: true })
  await eventually(() => lines().join() === 'relayed,relayed', { what: 'the relayed line again' })
})
