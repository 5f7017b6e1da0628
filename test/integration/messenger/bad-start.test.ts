import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openKey, readKeys } from '../../../electron/app/keys/keys.ts'
import { closeDatabase, openDatabase } from '../../../electron/storage/open.ts'
import { words } from '../../../renderer/words/words.ts'
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts'
import { eventually } from '../../support/eventually.ts'
import { liveView } from '../../support/live-view.ts'
import { type MessengerProcess, openProfile, startMessenger } from '../../support/messenger-process.ts'

const NO_NETWORK = /no network right now/
/** A machine of its own without any network: not even loopback is up. */
const WITHOUT_NETWORK = ['unshare', '--net']
const whyNot = hasNamespaces() ? false : 'network namespaces need root on Linux'

function setUp(t: TestContext) {
  const directory = mkdtempSync(join(tmpdir(), 'sightline-bad-start-'))
  const running: MessengerProcess[] = []
  t.after(async () => {
    await Promise.all(running.map((messenger) => messenger.kill()))
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
  })
  return async (
    options: Partial<Parameters<typeof startMessenger>[0]> = {},
    way: Parameters<typeof startMessenger>[1] = {},
  ) => {
    const messenger = await startMessenger({ directory, ...options }, way)
    running.push(messenger)
    return messenger
  }
}

test('without any network at start the profile opens, the page says so, and a network that comes is used', {
  skip: whyNot,
}, async (t) => {
  const start = setUp(t)
  const messenger = await start({ listen: {} }, { through: WITHOUT_NETWORK })
  const { id } = await openProfile(messenger, { name: 'Ada' })
  const [network, self] = [liveView(messenger.bridge, 'network'), liveView(messenger.bridge, 'self')]
  const sentence = () =>
    network.only && words.network.sentence(network.only, { relays: [], isRelayOnly: false, hasLanLine: false })
  assert.match((await eventually(sentence)) ?? '', NO_NETWORK)
  assert.deepEqual(self.only, { id, name: 'Ada', reach: { line: { kind: 'none' } }, reachableThrough: [] })
  // What needs no network works.
  const { link } = await messenger.do('invite.create', { withDirectAddresses: false })
  assert.match(link, /^sightline:/)

  const inside = (...command: string[]) => execFileSync('nsenter', ['-t', `${messenger.pid}`, '-n', ...command])
  inside('ip', 'link', 'add', 'wire', 'type', 'veth', 'peer', 'name', 'far')
  inside('ip', 'addr', 'add', '192.168.7.2/24', 'dev', 'wire')
  for (const end of ['wire', 'far']) inside('ip', 'link', 'set', end, 'up')
  await eventually(() => network.only?.addresses.some(({ address }) => address.startsWith('/ip4/192.168.7.2/tcp/')), {
    withinMs: 30_000,
    what: 'the address of the new network',
  })
  assert.doesNotMatch(sentence() ?? '', NO_NETWORK)
})

test('corrupted settings fall back to their defaults one by one, the log names them, and the profile opens', async (t) => {
  const start = setUp(t)
  const first = await start()
  const { id } = await openProfile(first, { name: 'Ada' })
  await first.do('settings.change', { relayOnly: true, mdns: false, theme: 'dark', announce: true })
  await first.stop()
  await changeDatabase(first.directory, [
    ['theme', '"purple"'],
    ['announce', '{"\u0000'],
    ['tellRead', '1'],
    ['isVisible', ''],
    ['nothing we know', 'x'],
    ['__proto__', '{"relayOnly":false}'],
  ])

  const again = await start()
  assert.equal((await openProfile(again)).id, id)
  const settings = liveView(again.bridge, 'settings')
  assert.deepEqual(await eventually(() => settings.only), { ...DEFAULT_SETTINGS, relayOnly: true, mdns: false })
  const log = readFileSync(join(again.directory, 'log.jsonl'), 'utf8')
  const named = [...log.matchAll(/"setting could not be read","name":"(\w+)"/g)].map(([, name]) => name)
  assert.deepEqual(named, ['announce', 'isVisible', 'tellRead', 'theme'])
  // A switch that is set again is whole again.
  await again.do('settings.change', { announce: true })
  await eventually(() => settings.only?.announce === true)
})

/** Writes settings as no program of ours would. */
async function changeDatabase(directory: string, settings: readonly (readonly [string, string])[]): Promise<void> {
  const keys = readKeys(directory)
  assert.ok(keys.ok && keys.value !== undefined)
  const key = await openKey(keys.value, '', AbortSignal.timeout(5_000))
  assert.ok(key.ok)
  const { db } = openDatabase({
    ...{ do: 'open', path: join(directory, 'database'), key: key.value.key, source: 'existing' },
    ...{ lockWaitMs: 0, keepCopyAfterMs: 0, commitDelayMs: 0 },
  })
  for (const [name, value] of settings)
    db.run('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)', name, value)
  closeDatabase(db)
}

function hasNamespaces(): boolean {
  try {
    execFileSync('unshare', ['--net', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
