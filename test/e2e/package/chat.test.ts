import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { extractAll } from '@electron/asar'
import { asarIn } from '../../../electron/packaging/inspect.ts'
import { appIn, copyTree, packTree } from '../../integration/package/tree.ts'
import { type ElectronApp, launchElectron } from '../../support/electron-app.ts'
import { eventually } from '../../support/eventually.ts'
import { startRelay } from '../../support/relay-process.ts'
import { meetByRelay } from '../meet.ts'
import { firstRun, say } from '../steps.ts'

test('what is in the package is enough: two copies of it start and chat through a relay', {
  timeout: 240_000,
}, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sightline-packed-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const root = await unpackedPackage(folder)
  const relay = await startRelay()
  t.after(() => relay.stop())
  const start = async (name: string) => {
    const app = await launchElectron({
      shell: 'stand-in',
      profilesDirectory: join(folder, 'profiles'),
      profile: name.toLowerCase(),
      relays: relay.addresses,
      root,
    })
    closeAtEnd(t, app)
    const page = await app.firstWindow()
    page.setDefaultTimeout(20_000)
    await firstRun(page, name)
    return { name, app, page }
  }
  const ada = await start('Ada')
  const bea = await start('Bea')

  await meetByRelay(ada, bea)
  await say(ada.page, 'Bea', 'Is this the packed one?')
  await bea.page.locator('.msg', { hasText: 'Is this the packed one?' }).waitFor()
  await ada.page
    .getByText(/^(Delivered|Read)/)
    .last()
    .waitFor()
  await say(bea.page, 'Ada', 'From start to end.')
  await ada.page.locator('.msg', { hasText: 'From start to end.' }).waitFor()
  const { relayedBytes } = await relay.status()
  assert.ok(relayedBytes > 0)

  await eventually(() => nativeFiles(ada.app.pid).length === 3, {
    what: 'the database, QUIC and WebRTC are loaded',
  })
  for (const file of nativeFiles(ada.app.pid)) assert.ok(file.startsWith(root), `${file} is not from the package`)
})

/** Packs this tree and takes the archive apart, in a folder with no packages above it. */
async function unpackedPackage(folder: string): Promise<string> {
  for (let above = folder; above !== dirname(above); above = dirname(above))
    assert.ok(!existsSync(join(above, 'node_modules')), `${above} has packages of its own`)
  const tree = join(folder, 'tree')
  copyTree(tree)
  await packTree(tree)
  const root = join(folder, 'unpacked')
  extractAll(asarIn(appIn(tree), 'linux'), root)
  // Whoever looks for a package beside the package must not find it.
  await rm(tree, { recursive: true })
  return root
}

function closeAtEnd(t: TestContext, app: ElectronApp): void {
  t.after(async () => {
    const how = await app.close()
    assert.equal(how, 0, app.log())
  })
}

/** The native modules a process has in its memory. */
function nativeFiles(pid: number): string[] {
  const maps = readFileSync(`/proc/${pid}/maps`, 'utf8')
  return [...new Set([...maps.matchAll(/\S+\.node$/gm)].map(([file]) => file))]
}
