import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { WebSocket } from 'ws'
import type { CallerLine } from '../../../electron/app/caller.ts'
import { silent } from '../../../electron/app/log.ts'
import { keyOfEntryPage } from '../../../electron/loopback/entry.ts'
import { LINK_LIFE_MS } from '../../../electron/loopback/links.ts'
import { type LoopbackServer, PortTaken, startServer } from '../../../electron/loopback/server.ts'
import { SOCKET_PATH } from '../../../electron/loopback/sockets.ts'
import { FRAME_MAX_BYTES } from '../../../electron/program/frame-limits.ts'
import { TAB_KEY_REFUSED, TAB_PROTOCOL } from '../../../shared/contract/tab-key.ts'
import { eventually } from '../../support/eventually.ts'

interface Answer {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

interface Credentials {
  readonly origin: string
  readonly cookie: string
  readonly key: string
}

interface Setting {
  readonly server: LoopbackServer
  readonly origin: string
  /** Frames that reached the contract. */
  readonly received: string[]
  readonly lines: CallerLine[]
  readonly clock: { nowMs: number }
  ask(path: string, headers?: Record<string, string>, method?: string): Promise<Answer>
  /** Follows a fresh link and returns the cookie. */
  signIn(): Promise<string>
  /** Follows a fresh link and returns all that a WebSocket needs. */
  comeIn(): Promise<Credentials>
  /** An open WebSocket, the status of a refused one, or the code with which it was sent away at once. */
  socket(credentials: Record<string, string>, path?: string): Promise<WebSocket | number>
}

async function setUp(t: TestContext): Promise<Setting> {
  const directory = mkdtempSync(join(tmpdir(), 'sightline-pages-'))
  writeFileSync(join(directory, 'secret.json'), '{"outside":true}')
  const pagesDirectory = join(directory, 'pages')
  mkdirSync(join(pagesDirectory, 'assets'), { recursive: true })
  writeFileSync(join(pagesDirectory, 'index.html'), '<!doctype html><style nonce="__CSP_NONCE__"></style>the page')
  writeFileSync(join(pagesDirectory, 'assets', 'page.js'), 'export {}')
  writeFileSync(join(pagesDirectory, '.hidden'), 'hidden')
  symlinkSync(join(directory, 'secret.json'), join(pagesDirectory, 'link.json'))
  const received: string[] = []
  const lines: CallerLine[] = []
  const clock = { nowMs: 0 }
  const server = await startServer({
    port: 0,
    pagesDirectory,
    log: silent,
    nowMs: () => clock.nowMs,
    serveCaller(line) {
      lines.push(line)
      return { receive: (text) => received.push(text), close: () => lines.splice(lines.indexOf(line), 1) }
    },
  })
  t.after(async () => {
    await server.stop()
    rmSync(directory, { recursive: true })
  })
  const origin = `http://127.0.0.1:${server.port}`
  const ask: Setting['ask'] = (path, headers = {}, method = 'GET') =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false }, (answer) => {
        let body = ''
        answer.setEncoding('utf8')
        answer.on('data', (text) => {
          body += text
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
      })
      asked.on('error', reject)
      asked.end()
    })
  return {
    server,
    origin,
    received,
    lines,
    clock,
    ask,
    async signIn() {
      const answer = await ask(pathOf(server.newLink()))
      return cookieOf(answer)
    },
    async comeIn() {
      const answer = await ask(pathOf(server.newLink()))
      return { origin, cookie: cookieOf(answer), key: keyOf(answer) }
    },
    socket: ({ key, ...headers }, path = SOCKET_PATH) =>
      new Promise((resolve) => {
        const offers = key === undefined ? [] : [TAB_PROTOCOL, key]
        const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, offers, { headers })
        socket.on('close', resolve)
        // Whoever is sent away hears that before an answer to this.
        socket.on('open', () => socket.ping())
        socket.on('pong', () => resolve(socket))
        socket.on('unexpected-response', (_asked, answer) => {
          resolve(answer.statusCode ?? 0)
          socket.terminate()
        })
        socket.on('error', () => undefined)
      }),
  }
}

const pathOf = (link: string) => link.slice(link.indexOf('/open'))
const cookieOf = (answer: Answer) => String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? ''
const keyOf = (answer: Answer) => keyOfEntryPage(answer.body) ?? ''

test('it listens on 127.0.0.1 only', async (t) => {
  const { server } = await setUp(t)
  const reached = (host: string) =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ host, port: server.port })
      socket.on('connect', () => resolve(true))
      socket.on('error', () => resolve(false))
      socket.on('close', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
  assert.equal(await reached('127.0.0.1'), true)
  const others = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  for (const { address, internal, scopeid } of others) {
    if (address === '127.0.0.1' || scopeid) continue
    assert.equal(await reached(address), false, `${internal ? 'internal' : 'external'} ${address}`)
  }
  assert.equal(await reached('::1'), false)
})

test('a taken port is told by number', async (t) => {
  const { server } = await setUp(t)
  const again = startServer({
    port: server.port,
    pagesDirectory: '.',
    log: silent,
    serveCaller: () => assert.fail('nobody calls'),
  })
  await assert.rejects(again, (error) => error instanceof PortTaken && error.port === server.port)
})

test('only its exact Host is answered, even with a cookie in order', async (t) => {
  const { server, ask, signIn } = await setUp(t)
  const cookie = await signIn()
  for (const host of [
    `localhost:${server.port}`,
    `127.0.0.1`,
    `127.0.0.1:${server.port + 1}`,
    `evil.example:${server.port}`,
    `127.0.0.1:${server.port}.evil.example`,
    `127.0.0.1:${server.port} `.trim().toUpperCase().concat('.'),
  ]) {
    assert.equal((await ask('/', { host, cookie })).status, 421, host)
    assert.equal((await ask(pathOf(server.newLink()), { host })).status, 421, host)
  }
  assert.equal((await ask('/', { cookie })).status, 200)
})

test('what another site makes the browser ask is refused', async (t) => {
  const { ask, signIn } = await setUp(t)
  const cookie = await signIn()
  for (const site of ['cross-site', 'same-site', 'anything']) {
    for (const mode of ['navigate', 'no-cors', 'cors']) {
      const answer = await ask('/', {
        cookie,
        'sec-fetch-site': site,
        'sec-fetch-mode': mode,
        'sec-fetch-dest': 'document',
      })
      assert.equal(answer.status, 403, `${site} ${mode}`)
    }
  }
  for (const site of ['none', 'same-origin'])
    assert.equal((await ask('/', { cookie, 'sec-fetch-site': site })).status, 200)
})

test('a link is swapped once for a cookie that scripts and other sites cannot use, and for a key of the tab', async (t) => {
  const { server, ask } = await setUp(t)
  const link = server.newLink()
  assert.match(link, new RegExp(`^http://127\\.0\\.0\\.1:${server.port}/open\\?token=[\\w-]{43}$`))
  const first = await ask(pathOf(link))
  assert.equal(first.status, 200)
  const key = keyOf(first)
  assert.match(key, /^[\w-]{43}$/)
  assert.match(
    String(first.headers['set-cookie']),
    new RegExp(`^sightline_${server.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
  )
  assert.ok(!JSON.stringify(first.headers).includes(link.slice(-43)))
  assert.ok(!JSON.stringify(first.headers).includes(key), 'the key is in no header, so in no cookie and no address')
  assert.ok(!first.body.includes(cookieOf(first).slice(-43)))
  const second = await ask(pathOf(link))
  assert.equal(second.status, 403)
  assert.equal(second.headers['set-cookie'], undefined)
  assert.equal(keyOf(second), '')
  assert.match(second.body, /npm start/)
})

test('from a file of its own the browser comes in by a step that starts on our origin', async (t) => {
  const { server, ask } = await setUp(t)
  const fromFile = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  const first = await ask(pathOf(server.newLink()), fromFile)
  assert.equal(first.status, 200)
  // A redirect would not carry the cookie along; the script starts a navigation of our own.
  assert.equal(first.headers['location'], undefined)
  const script = /<script src="([^"]+)"/.exec(first.body)?.[1] ?? ''
  const step = await ask(script, { 'sec-fetch-site': 'same-origin' })
  assert.equal(step.status, 200)
  assert.match(String(step.headers['content-type']), /^text\/javascript/)
  assert.match(step.body, /location\.replace\('\/'\)/)
  assert.equal((await ask(script, fromFile)).status, 403)
  // As a frame, an image or a script of another site the door stays shut.
  for (const dest of ['iframe', 'image', 'script']) {
    const answer = await ask(pathOf(server.newLink()), { ...fromFile, 'sec-fetch-dest': dest })
    assert.equal(answer.status, 403, dest)
  }
})

test('a link is worthless after ten minutes, after a newer one, and when it was guessed', async (t) => {
  const { server, ask, clock } = await setUp(t)
  const old = server.newLink()
  clock.nowMs += LINK_LIFE_MS + 1
  assert.equal((await ask(pathOf(old))).status, 403)
  const replaced = server.newLink()
  const newest = server.newLink()
  assert.equal((await ask(pathOf(replaced))).status, 403)
  for (const guess of ['/open', '/open?token=', `/open?token=${'A'.repeat(43)}`, `/open?token=${'x'.repeat(8000)}`]) {
    assert.equal((await ask(guess)).status, 403, guess.slice(0, 30))
  }
  assert.equal((await ask(pathOf(newest), {}, 'HEAD')).status, 403)
  assert.equal((await ask(pathOf(newest))).status, 200)
})

test('without the cookie nothing of the page is shown', async (t) => {
  const { server, ask, signIn } = await setUp(t)
  await signIn()
  for (const cookie of [
    '',
    `sightline_${server.port}=`,
    `sightline_${server.port}=${'A'.repeat(43)}`,
    'sightline_1=x',
    '=',
  ]) {
    for (const path of ['/', '/assets/page.js', '/nothing']) {
      const answer = await ask(path, cookie === '' ? {} : { cookie })
      assert.equal(answer.status, 401, `${path} ${cookie}`)
      assert.ok(!answer.body.includes('the page'))
    }
  }
})

test('a second browser does not put the first one out', async (t) => {
  const { ask, signIn } = await setUp(t)
  const first = await signIn()
  const second = await signIn()
  assert.notEqual(first, second)
  assert.deepEqual(
    [(await ask('/', { cookie: first })).status, (await ask('/', { cookie: second })).status],
    [200, 200],
  )
})

test('every answer carries the strict policy and is kept by nobody', async (t) => {
  const { server, ask, signIn } = await setUp(t)
  const cookie = await signIn()
  const answers = [
    await ask('/', { cookie }),
    await ask('/assets/page.js', { cookie }),
    await ask('/nothing', { cookie }),
    await ask('/'),
    await ask('/', { host: 'evil.example' }),
    await ask(pathOf(server.newLink())),
    await ask('/enter.js'),
    await ask('/', { cookie }, 'POST'),
  ]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 404, 401, 421, 200, 200, 405],
  )
  for (const { status, headers } of answers) {
    const policy = String(headers['content-security-policy'])
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "img-src 'self' blob: data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
    ]) {
      assert.ok(policy.split('; ').includes(part), `${status}: ${part}`)
    }
    assert.ok(!/unsafe|\*|https?:/.test(policy), policy)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['cache-control'], 'no-store')
    assert.equal(headers['access-control-allow-origin'], undefined)
  }
})

test('the page gets a nonce of its own with every answer, in the policy and in the page', async (t) => {
  const { ask, signIn } = await setUp(t)
  const cookie = await signIn()
  const nonces = []
  for (let step = 0; step < 2; step += 1) {
    const { headers, body } = await ask('/', { cookie })
    const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? ''
    assert.ok(nonce.length >= 22)
    assert.ok(body.includes(`nonce="${nonce}"`))
    nonces.push(nonce)
  }
  assert.notEqual(nonces[0], nonces[1])
})

test('no path leads out of the folder of the pages', async (t) => {
  const { ask, signIn } = await setUp(t)
  const cookie = await signIn()
  for (const path of [
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/../../secret.json',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.json',
    '/..%5csecret.json',
    '//secret.json',
    '/link.json',
    '/.hidden',
    '/assets',
    '/assets/',
    '/%00',
    '/%',
    '/index.html%00.js',
    '/__proto__',
    'http://evil.example/index.html',
    '*',
  ]) {
    const answer = await ask(path, { cookie })
    assert.ok(answer.status === 404 || answer.status === 400, `${path} ${answer.status}`)
    assert.ok(!answer.body.includes('outside') && !answer.body.includes('hidden'), path)
  }
})

test('a WebSocket needs Host, exact Origin, cookie and key', async (t) => {
  const { server, comeIn, socket } = await setUp(t)
  const right = await comeIn()
  const { origin, cookie, key } = right
  assert.ok((await socket({ ...right })) instanceof WebSocket)
  assert.equal(await socket({ cookie, key }), 403)
  assert.equal(await socket({ origin, key }), 401)
  assert.equal(await socket({ ...right, origin: 'null' }), 403)
  assert.equal(await socket({ ...right, origin: 'http://evil.example' }), 403)
  assert.equal(await socket({ ...right, origin: `http://localhost:${server.port}` }), 403)
  assert.equal(await socket({ ...right, origin: `${origin}.evil.example` }), 403)
  assert.equal(await socket({ ...right, origin: `https://127.0.0.1:${server.port}` }), 403)
  assert.equal(await socket({ ...right, host: `evil.example:${server.port}` }), 421)
  assert.equal(await socket({ ...right, 'sec-fetch-site': 'cross-site' }), 403)
  assert.equal(await socket({ ...right, cookie: `${cookie.slice(0, -1)}_` }), 401)
  assert.equal(await socket({ ...right }, '/other'), 404)
})

test('the cookie alone opens nothing: every other port of this machine is sent it', async (t) => {
  const { ask, comeIn, socket, lines } = await setUp(t)
  const { origin, cookie, key } = await comeIn()
  assert.equal(await socket({ origin, cookie }), 401)
  assert.equal(await socket({ origin, cookie, 'sec-websocket-protocol': TAB_PROTOCOL }), 401)
  assert.equal(await socket({ origin, cookie, 'sec-websocket-protocol': key }), 401)
  const value = cookie.slice(cookie.indexOf('=') + 1)
  for (const guess of [value, 'A'.repeat(43), `${key.slice(0, -1)}_`, key.slice(0, 42), 'undefined'])
    assert.equal(await socket({ origin, cookie, key: guess }), TAB_KEY_REFUSED, guess)
  assert.equal(lines.length, 0, 'nothing of this reached the messenger')
  for (const path of ['/', '/index.html', '/assets/page.js', '/enter.js', '/open', `/open?token=${value}`, '/bridge']) {
    const { headers, body } = await ask(path, { cookie })
    assert.ok(!`${JSON.stringify(headers)}${body}`.includes(key), path)
  }
})

test('the key is not sent back, and goes on after another link gave the browser another cookie', async (t) => {
  const { comeIn, socket } = await setUp(t)
  const [first, second] = [await comeIn(), await comeIn()]
  assert.notEqual(first.key, second.key)
  for (const { key } of [first, second]) {
    const page = await socket({ ...second, key })
    assert.ok(page instanceof WebSocket)
    assert.equal(page.protocol, TAB_PROTOCOL)
  }
})

test('beyond sixteen links the oldest tab is told that its key is no longer good', async (t) => {
  const { comeIn, socket } = await setUp(t)
  const oldest = await comeIn()
  let newest = oldest
  for (let count = 0; count < 16; count += 1) newest = await comeIn()
  assert.equal(await socket({ ...newest, key: oldest.key }), TAB_KEY_REFUSED)
  assert.ok((await socket({ ...newest })) instanceof WebSocket)
})

test('a pasted megabyte reaches the contract, more than a frame ends the connection, and the next one works', async (t) => {
  const { comeIn, socket, received } = await setUp(t)
  const right = { ...(await comeIn()) }
  const first = await socket(right)
  assert.ok(first instanceof WebSocket)
  first.send('x'.repeat(1024 * 1024))
  await eventually(() => received.length === 1)
  const closed = new Promise<number>((resolve) => first.on('close', resolve))
  first.send('x'.repeat(FRAME_MAX_BYTES + 1))
  assert.equal(await closed, 1009)
  const second = await socket(right)
  assert.ok(second instanceof WebSocket)
  second.send('again')
  await eventually(() => received.at(-1) === 'again')
  second.send(Buffer.from('binary'))
  await eventually(() => second.readyState === second.CLOSED)
  assert.equal(received.at(-1), 'again')
})

test('a page that stops reading is dropped instead of filling the memory', async (t) => {
  const { comeIn, socket, lines } = await setUp(t)
  const page = await socket({ ...(await comeIn()) })
  assert.ok(page instanceof WebSocket)
  page.pause()
  const line = await eventually(() => lines[0])
  const frame = 'x'.repeat(1024 * 1024)
  await eventually(() => {
    for (let step = 0; step < 16; step += 1) lines[0]?.send(frame)
    return lines.length === 0
  })
  line.send(frame)
  page.terminate()
})

test('stopping ends pages that are connected, within a second', async (t) => {
  const { server, comeIn, socket, lines } = await setUp(t)
  const page = await socket({ ...(await comeIn()) })
  assert.ok(page instanceof WebSocket)
  await eventually(() => lines.length === 1)
  const startedAt = performance.now()
  await server.stop()
  assert.ok(performance.now() - startedAt < 1000)
  await eventually(() => page.readyState === page.CLOSED && lines.length === 0)
})
