import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { NONCE_PLACE } from '../../../electron/program/headers.ts'
import { createPages } from '../../../electron/program/pages.ts'
import { answerPage } from '../../../electron/shell/page/page-answer.ts'
import { windowOptions } from '../../../electron/shell/window/window.ts'

function builtPages(t: { after(act: () => void): void }) {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-pages-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const pages = join(folder, 'renderer')
  mkdirSync(join(pages, 'assets'), { recursive: true })
  writeFileSync(join(pages, 'index.html'), `<meta property="csp-nonce" nonce="${NONCE_PLACE}">`)
  writeFileSync(join(pages, 'assets', 'main.js'), 'export {}')
  writeFileSync(join(folder, 'secret.js'), 'outside')
  return createPages(pages)
}

test('only GET and only our own name are answered, and only with files of the page', async (t) => {
  const pages = builtPages(t)
  const cases: readonly (readonly [method: string, url: string, status: number])[] = [
    ['GET', 'app://sightline/', 200],
    ['GET', 'app://sightline/?x#y', 200],
    ['GET', 'app://sightline/assets/main.js', 200],
    ['GET', 'app://sightline/nothing.js', 404],
    ['GET', 'app://sightline/../secret.js', 404],
    ['GET', 'app://sightline/%2e%2e/secret.js', 404],
    ['GET', 'app://sightline/assets/..%2f..%2fsecret.js', 404],
    ['GET', 'app://sightline//etc/passwd', 404],
    ['GET', 'app://other/', 404],
    ['GET', 'app://sightline.evil/', 404],
    ['GET', 'app://sightline:80/', 404],
    ['GET', 'app://user@sightline/', 404],
    ['GET', 'https://sightline/', 404],
    ['HEAD', 'app://sightline/', 405],
    ['POST', 'app://sightline/', 405],
    ['DELETE', 'app://sightline/assets/main.js', 405],
  ]
  for (const [method, url, status] of cases)
    assert.equal((await answerPage(pages, { method, url })).status, status, `${method} ${url}`)
})

test('every answer has the policy, and every page a nonce of its own', async (t) => {
  const pages = builtPages(t)
  const ask = () => answerPage(pages, { method: 'GET', url: 'app://sightline/' })
  const [first, second] = [await ask(), await ask()]
  const nonceOf = ({ headers }: { headers: Readonly<Record<string, string>> }) =>
    /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1]
  assert.notEqual(nonceOf(first), undefined)
  assert.notEqual(nonceOf(first), nonceOf(second))
  assert.ok(String(first.body).includes(`nonce="${nonceOf(first)}"`))
  for (const url of ['app://sightline/', 'app://sightline/assets/main.js', 'app://sightline/nothing', 'app://other/']) {
    const { headers } = await answerPage(pages, { method: 'GET', url })
    assert.match(headers['content-security-policy'] ?? '', /default-src 'none'; script-src 'self';/, url)
    assert.match(headers['permissions-policy'] ?? '', /camera=\(self\)/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
  }
})

test('the window gets no more of the system than a page of the web', () => {
  const made = (isPackaged: boolean) =>
    windowOptions({
      title: 'Sightline',
      preload: '/preload.cjs',
      bounds: { x: 0, y: 0, width: 800, height: 600 },
      isDark: false,
      isPackaged,
    })
  const { webPreferences: given, show, minWidth } = made(true)
  assert.deepEqual(given, {
    preload: '/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    disableDialogs: true,
    spellcheck: false,
    devTools: false,
  })
  assert.equal(show, false)
  assert.equal(minWidth, 480)
  assert.equal(made(false).webPreferences?.devTools, true)
})
