import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createJournal } from '../../../electron/network/nat/journal.ts'

function journal() {
  let now = 1_000
  const made = createJournal({
    onError: (error) => {
      throw error
    },
    now: () => now,
  })
  return { made, pass: (ms: number) => (now += ms), rows: () => [...made.rows()].map(([, row]) => row) }
}

test('an attempt tells its stages and its end, and nothing after its end', () => {
  const { made, pass, rows } = journal()
  const attempt = made.begin({ mechanism: 'tcp-punch', peer: 'bea' })
  assert.deepEqual(rows()[0]?.outcome, { state: 'running' })
  pass(40)
  attempt.stage('prepared', '80.1.1.1:7')
  pass(60)
  attempt.succeed('/ip4/80.2.2.2/tcp/9')
  attempt.fail('no-answer')
  attempt.stage('too late')
  assert.deepEqual(rows(), [
    {
      ...{ id: attempt.id, mechanism: 'tcp-punch', peer: 'bea', startedAt: 1_000, endedAt: 1_100 },
      outcome: { state: 'succeeded', address: '/ip4/80.2.2.2/tcp/9' },
      stages: [{ atMs: 40, what: 'prepared', detail: '80.1.1.1:7' }],
    },
  ])
})

test('only the newest attempts of one mechanism with one peer are kept, and others are not lost for them', () => {
  const { made, rows } = journal()
  made.begin({ mechanism: 'tcp-punch', peer: 'noa' }).fail('refused')
  for (let count = 0; count < 50; count++) made.begin({ mechanism: 'tcp-punch', peer: 'bea' }).fail('no-answer')
  const newest = made.begin({ mechanism: 'tcp-punch', peer: 'bea' })
  assert.equal(rows().filter(({ peer }) => peer === 'noa').length, 1)
  assert.ok(rows().length <= 6)
  assert.equal(made.lastOf('bea', 'tcp-punch')?.id, newest.id)
  assert.equal(made.lastOf('bea', 'dial'), undefined)
})

test('a journal of ten thousand peers and stages stays small, and a row about a kilobyte', () => {
  const { made, rows } = journal()
  for (let peer = 0; peer < 10_000; peer++) made.begin({ mechanism: 'dial', peer: `peer ${peer}` })
  const last = made.begin({ mechanism: 'dial', peer: 'noisy' })
  for (let count = 0; count < 1_000; count++) last.stage('dialling', 'x'.repeat(5_000))
  last.fail('refused', 'y'.repeat(5_000))
  assert.ok(rows().length <= 200)
  assert.ok(JSON.stringify(rows().at(-1)).length <= 1_536, String(JSON.stringify(rows().at(-1)).length))
  assert.equal(rows().at(-1)?.outcome.state, 'failed')
})

test('whoever listens hears of a peer at the beginning and the end of each attempt', () => {
  const { made } = journal()
  const heard: string[] = []
  made.onPeer((peer) => heard.push(peer))
  const attempt = made.begin({ mechanism: 'dial', peer: 'bea' })
  attempt.stage('dialling')
  attempt.overtaken()
  attempt.overtaken()
  made.begin({ mechanism: 'port-mapping' }).fail('no-gateway')
  assert.deepEqual(heard, ['bea', 'bea'])
})
