import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { WebSocket } from 'ws'
import { eventually } from '../../support/eventually.ts'
import { startClient } from '../../support/libp2p-client.ts'
import { LOCALHOST_CERT, LOCALHOST_KEY } from '../../support/localhost-certificate.ts'
import { portsOf, relayOutcome, startRelay } from '../../support/relay-process.ts'

describe('the relay program', { timeout: 60_000 }, () => {
  let directory: string
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sightline-relay-'))
    await writeFile(join(directory, 'cert.pem'), LOCALHOST_CERT)
    await writeFile(join(directory, 'key.pem'), LOCALHOST_KEY)
    await writeFile(join(directory, 'members'), '\n# nobody yet\nhello\n')
    await writeFile(join(directory, 'file'), '')
    await mkdir(join(directory, 'damaged'))
    await writeFile(join(directory, 'damaged/relay.key'), 'short')
  })
  after(() => rm(directory, { recursive: true }))

  test('--help lists every option and ends with 0', async () => {
    const { code, out } = await relayOutcome(['--help'])
    assert.equal(code, 0)
    for (const option of [
      'port',
      'ws-port',
      'announce',
      'data',
      'max-reservations',
      'access',
      'members',
      'json',
      'name',
    ])
      assert.match(out, new RegExp(`--${option} `))
  })

  const LOCAL = ['--host', '127.0.0.1', '--port', '0', '--data']
  const failures: readonly [name: string, args: (at: string) => string[], code: number, sentence: RegExp][] = [
    ['an unknown option', () => ['--loud'], 2, /--loud.*--help lists the options/],
    ['a port that is none', () => ['--port', '70000'], 2, /--port is a whole number from 0 to 65535/],
    [
      'a file that is no certificate',
      (at) => [...LOCAL, at, '--tls-cert', `${at}/members`, '--tls-key', `${at}/key.pem`],
      1,
      /members is not a certificate/,
    ],
    [
      'a key that is missing',
      (at) => [...LOCAL, at, '--tls-cert', `${at}/cert.pem`, '--tls-key', `${at}/none`],
      1,
      /none cannot be read/,
    ],
    ['a member list with a bad line', (at) => [...LOCAL, at, '--members', `${at}/members`], 1, /members, line 3/],
    ['a member list that is not there', (at) => [...LOCAL, at, '--members', `${at}/none`], 1, /none cannot be read/],
    ['a data directory that cannot be one', (at) => [...LOCAL, `${at}/file`], 1, /cannot keep its key in/],
    ['a damaged key', (at) => [...LOCAL, `${at}/damaged`], 1, /relay\.key is not a relay key/],
    [
      'an address to announce that is none',
      (at) => [...LOCAL, at, '--announce', 'relay.example.org'],
      1,
      /--announce relay\.example\.org is not an address/,
    ],
    [
      'a host this machine does not have',
      (at) => ['--host', '192.0.2.77', '--port', '0', '--data', at],
      1,
      /no address .*192\.0\.2\.77/,
    ],
  ]
  for (const [name, args, expectedCode, sentence] of failures) {
    test(`${name} ends it with one sentence`, async () => {
      const { code, out, err } = await relayOutcome(args(directory))
      assert.match(err, sentence)
      assert.equal(err.trim().split('\n').length, 1)
      assert.equal(out, '')
      assert.equal(code, expectedCode)
    })
  }

  test('every port that is taken is named, and the key stays readable for its owner only', async () => {
    const relay = await startRelay()
    const [, port = '', , wsPort = ''] = portsOf(relay)
    const taken = createServer().listen(0, '127.0.0.1')
    await eventually(() => taken.listening)
    const address = taken.address()
    const free = address !== null && typeof address === 'object' ? String(address.port) : ''
    try {
      for (const [args, named] of [
        [['--port', port, '--ws-port', '0', '--stun-port', '0'], port],
        [['--port', '0', '--ws-port', wsPort], wsPort],
        [['--port', '0', '--stun-port', String(Number(free) - 1)], free],
        [['--port', '0', '--metrics-port', new URL(relay.metricsUrl).port], new URL(relay.metricsUrl).port],
      ] as const) {
        const { code, err } = await relayOutcome(['--host', '127.0.0.1', '--data', directory, ...args])
        assert.match(err, new RegExp(`^Another program already uses \\S*${named}\\b`))
        assert.equal(err.trim().split('\n').length, 1)
        assert.equal(code, 1)
      }
    } finally {
      taken.close()
      await relay.stop()
    }
    assert.equal((await stat(join(directory, 'relay.key'))).mode & 0o777, 0o600)
  })

  test('SIGTERM ends it with 0 within two seconds, in the middle of a reservation too', async () => {
    const relay = await startRelay()
    const client = await startClient([`${relay.addresses[0]}/p2p-circuit`])
    await eventually(async () => (await relay.status()).reservations.length === 1, { what: 'the reservation' })
    const startedAt = performance.now()
    assert.equal(await relay.stop(), 0)
    assert.ok(performance.now() - startedAt < 2_000)
    assert.equal(relay.events.at(-1)?.['event'], 'stopped')
    await client.stop()
  })

  test('it tells the addresses it is announced under, and only those', async () => {
    const relay = await startRelay({ args: ['--announce', '/dns4/relay.example.org/tcp/443/tls/ws'] })
    assert.deepEqual(relay.addresses, [`/dns4/relay.example.org/tcp/443/tls/ws/p2p/${relay.id}`])
    await relay.stop()
  })

  test('with a certificate the WebSocket port speaks wss', async () => {
    const args = ['--tls-cert', join(directory, 'cert.pem'), '--tls-key', join(directory, 'key.pem')]
    const relay = await startRelay({ args })
    const address = relay.addresses.find((one) => one.includes('/tls/ws')) ?? assert.fail('no wss address')
    const port = /\/tcp\/(\d+)\//.exec(address)?.[1]
    const socket = new WebSocket(`wss://127.0.0.1:${port}`, { ca: LOCALHOST_CERT })
    const answer = await new Promise<string>((resolve, reject) => {
      let text = ''
      socket.on('open', () => socket.send(Buffer.from('\x13/multistream/1.0.0\n')))
      socket.on('message', (bytes) => {
        text += bytes.toString()
        if (text.includes('\n')) resolve(text)
      })
      socket.on('error', reject)
    })
    assert.equal(answer, '\x13/multistream/1.0.0\n')
    socket.close()
    await relay.stop()
  })

  test('metrics answer on loopback to loopback names only, as Prometheus reads them', async () => {
    const relay = await startRelay({ args: ['--name', 'home'] })
    const text = await (await fetch(`${relay.metricsUrl}metrics`)).text()
    assert.match(text, /^sightline_relay_relayed_bytes_total 0$/m)
    for (const line of text.trim().split('\n'))
      assert.match(line, /^(#|sightline_relay_[a-z_]+(\{[^}]*\})? [0-9.e+]+$)/)
    const { port } = new URL(relay.metricsUrl)
    const strange = await new Promise<number | undefined>((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: '/status.json', headers: { host: 'evil.example' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).on('error', reject)
    })
    assert.equal(strange, 421)
    assert.equal((await fetch(`${relay.metricsUrl}status.json`, { method: 'POST' })).status, 405)
    assert.equal((await fetch(relay.metricsUrl)).status, 404)
    await relay.stop()
  })

  test('a killed relay leaves a relay that can be reached again at once', async () => {
    const dataDir = join(directory, 'killed')
    const first = await startRelay({ dataDir })
    await first.kill()
    const second = await startRelay({ dataDir, args: portsOf(first) })
    const client = await startClient()
    await client.dial(multiaddr(first.addresses[0]), { signal: AbortSignal.timeout(5_000) })
    await client.stop()
    await second.stop()
  })
})
