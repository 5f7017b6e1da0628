import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DEFAULT_LIMITS } from '../../../electron/relay/limits.ts'
import { parseOptions, type RelayOptions } from '../../../electron/relay/options.ts'

const run = (words: string, environment = {}): RelayOptions => {
  const parsed = parseOptions(words === '' ? [] : words.split(' '), environment)
  assert.equal(parsed.kind, 'run', JSON.stringify(parsed))
  return parsed.kind === 'run' ? parsed.options : assert.fail()
}

describe('the relay’s command line', () => {
  const cases: readonly [words: string, expected: Partial<RelayOptions>][] = [
    [
      '',
      {
        hosts: ['0.0.0.0', '::'],
        port: 4001,
        wsPort: 4002,
        stunPort: 3478,
        metricsPort: 0,
        access: 'open',
        isJson: false,
        limits: DEFAULT_LIMITS,
      },
    ],
    ['--port 443', { port: 443, wsPort: 444, stunPort: 3478 }],
    ['--port 0', { port: 0, wsPort: 0, stunPort: 0 }],
    ['--port 0 --ws-port 8080 --stun-port 5000', { port: 0, wsPort: 8080, stunPort: 5000 }],
    ['--port 0 --port 5001', { port: 5001, wsPort: 5002 }],
    ['--host 127.0.0.1 --host ::1', { hosts: ['127.0.0.1', '::1'] }],
    ['--announce /dns4/a/tcp/1 --announce /ip4/1.2.3.4/tcp/2', { announce: ['/dns4/a/tcp/1', '/ip4/1.2.3.4/tcp/2'] }],
    ['--members list', { access: 'members', membersFile: 'list' }],
    ['--access members --members list', { access: 'members', membersFile: 'list' }],
    ['--tls-cert c --tls-key k', { certificate: { certFile: 'c', keyFile: 'k' } }],
    ['--max-reservations 7 --circuit-mib 1', { limits: { ...DEFAULT_LIMITS, maxReservations: 7, circuitMib: 1 } }],
    ['--data /srv/relay --name home --json', { dataDirectory: '/srv/relay', name: 'home', isJson: true }],
  ]
  for (const [words, expected] of cases) {
    test(`“${words}” means ${JSON.stringify(expected).slice(0, 80)}`, () => {
      const options = run(words)
      for (const [key, value] of Object.entries(expected)) assert.deepEqual({ ...options }[key], value)
    })
  }

  const mistakes: readonly [words: string, sentence: RegExp][] = [
    ['--port abc', /^--port is a whole number from 0 to 65535\.$/],
    ['--port -1', /--port/],
    ['--port 1e3', /--port is a whole number/],
    ['--port 65535', /--ws-port is needed/],
    ['--port 4001 --ws-port 4001', /must differ/],
    ['--port 3479', /^Port 3479 is wanted twice/],
    ['--stun-port 65535', /65534 is the highest/],
    ['--max-reservations 0', /from 1 to/],
    ['--circuit-minutes 99999999', /from 1 to 34560/],
    ['--access everybody', /open or members/],
    ['--access members', /needs --members/],
    ['--access open --members list', /no effect/],
    ['--tls-cert c', /belong together/],
    ['--host example.org', /takes an IP address/],
    ['relay', /--help lists the options/],
    ['--verbose', /--verbose.*--help lists the options/],
  ]
  for (const [words, sentence] of mistakes) {
    test(`“${words}” is answered with one sentence`, () => {
      const parsed = parseOptions(words.split(' '))
      assert.equal(parsed.kind, 'error')
      if (parsed.kind === 'error') assert.match(parsed.sentence, sentence)
    })
  }

  test('the key is kept where systemd says, else in the user’s data directory', () => {
    assert.equal(run('', { STATE_DIRECTORY: '/var/lib/relay' }).dataDirectory, '/var/lib/relay')
    assert.equal(run('', { XDG_DATA_HOME: '/x' }).dataDirectory, '/x/sightline-relay')
    assert.equal(run('', { HOME: '/home/a' }).dataDirectory, '/home/a/.local/share/sightline-relay')
    assert.equal(run('--data here', { STATE_DIRECTORY: '/var/lib/relay' }).dataDirectory, 'here')
  })

  test('--help wins over everything else', () => {
    assert.deepEqual(parseOptions(['--port', 'x', '--help']), { kind: 'help' })
  })
})
