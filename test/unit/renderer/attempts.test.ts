import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { attemptsWith, barPlaces, newestFirst, tookMs } from '../../../renderer/inspector/attempts.ts'
import { outcomeWords, stageWord } from '../../../renderer/words/attempt.ts'
import { attempts as english } from '../../../renderer/words/english/attempts.ts'
import { lines as englishLines } from '../../../renderer/words/english/lines.ts'
import { attempts as german } from '../../../renderer/words/german/attempts.ts'
import { lines as germanLines } from '../../../renderer/words/german/lines.ts'
import { relayedSentence } from '../../../renderer/words/line.ts'
import type { Attempt, AttemptReason, Mechanism } from '../../../shared/domain/attempt.ts'
import type { RelayedReason } from '../../../shared/domain/line.ts'

// Records of these unions do not compile with one missing, so the lists below are whole.
const listed = <Key extends string>(all: Readonly<Record<Key, true>>) => Object.keys(all) as Key[]
const mechanisms = listed<Mechanism>({
  dial: true,
  reversal: true,
  'tcp-punch': true,
  'port-mapping': true,
  reachability: true,
  'relay-place': true,
})
const attemptReasons = listed<AttemptReason>({
  'no-address': true,
  'no-answer': true,
  refused: true,
  'not-supported': true,
  'bad-answer': true,
  'cut-off': true,
  'cannot-work': true,
  'no-gateway': true,
  'double-nat': true,
})
const relayedReasons = listed<RelayedReason>({
  trying: true,
  'relay-only': true,
  'no-way-yet': true,
  'needs-udp-punch': true,
  'both-change-ports': true,
  'not-supported': true,
})
const languages = [
  ['English', english, englishLines],
  ['German', german, germanLines],
] as const

const isSentence = (said: string): boolean => /^\p{Lu}.{15,}\.$/u.test(said) && !/[!{}]|undefined/.test(said)
const allDifferent = (said: readonly string[]) => assert.equal(new Set(said).size, said.length, said.join('\n'))

for (const [language, said, lines] of languages)
  describe(`in ${language}`, () => {
    it('every reason why a line is relayed has a sentence of its own', () => {
      const sentences = relayedReasons.map((reason) => lines.because[reason]('Lena'))
      for (const sentence of sentences) assert.ok(isSentence(sentence), sentence)
      allDifferent(sentences)
    })
    it('no reason promises a direct line, and the one that needs UDP says that there is none yet', () => {
      for (const reason of relayedReasons)
        assert.doesNotMatch(lines.because[reason]('Lena'), /soon|bald|will be direct/)
      assert.match(lines.because['needs-udp-punch']('Lena'), /UDP.* (does not do yet|macht Sightline noch nicht)\.$/)
      assert.match(lines.because['not-supported']('Lena'), /Lena/)
    })
    it('every mechanism is told in plain words, and has its exact term and what that means', () => {
      allDifferent(mechanisms.map((mechanism) => said.mechanism[mechanism]))
      for (const mechanism of mechanisms) {
        assert.doesNotMatch(said.mechanism[mechanism], /DCUtR|NAT|UPnP|TCP|punch|reserv/i)
        assert.ok(said.reached[mechanism].length > 0)
        assert.ok(said.term[mechanism].name.length > 0)
        assert.ok(isSentence(said.term[mechanism].meaning), said.term[mechanism].meaning)
      }
    })
    it('every reason of a failure is told, and names who was asked where it was somebody', () => {
      for (const mechanism of mechanisms) {
        const them = said.otherSide[mechanism]
        const reasons = attemptReasons.map((reason) => said.reason[reason](them))
        allDifferent(reasons)
        for (const reason of ['refused', 'not-supported', 'bad-answer'] as const)
          assert.ok(said.reason[reason](them).startsWith(them))
      }
    })
  })

describe('a line that is relayed', () => {
  const line = { kind: 'relayed', relay: 'r' } as const
  it('is explained by its reason', () => {
    assert.match(
      relayedSentence({ line, because: 'needs-udp-punch' }, 'Lena') ?? '',
      /^Direct is not possible yet: one of/,
    )
  })
  it('is not explained where nobody knows the reason, nor when it is no relayed line', () => {
    assert.equal(relayedSentence({ line }, 'Lena'), undefined)
    assert.equal(relayedSentence({ line: { kind: 'direct' }, because: 'trying' }, 'Lena'), undefined)
  })
})

describe('the outcome of an attempt', () => {
  const outcome = (attempt: Pick<Attempt, 'mechanism' | 'outcome'>) => {
    const { strong, rest } = outcomeWords(attempt)
    return strong + rest
  }
  it('is said in words', () => {
    assert.equal(outcome({ mechanism: 'tcp-punch', outcome: { state: 'running' } }), 'Under way')
    assert.equal(outcome({ mechanism: 'tcp-punch', outcome: { state: 'succeeded' } }), 'Direct')
    assert.equal(outcome({ mechanism: 'port-mapping', outcome: { state: 'succeeded' } }), 'The router opened a port')
    assert.equal(outcome({ mechanism: 'dial', outcome: { state: 'overtaken' } }), 'Not needed: another way was faster')
    const refused = { state: 'failed', reason: 'refused', detail: '606' } as const
    assert.equal(outcome({ mechanism: 'port-mapping', outcome: refused }), 'No success: the router said no')
    assert.equal(outcome({ mechanism: 'relay-place', outcome: refused }), 'No success: the relay said no')
  })
  it('leaves exact terms to the second level', () => {
    const failed = { state: 'failed', reason: 'no-answer', detail: 'connect ETIMEDOUT' } as const
    assert.doesNotMatch(outcome({ mechanism: 'dial', outcome: failed }), /ETIMEDOUT/)
  })
})

describe('a stage of an attempt', () => {
  it('has words, or is shown as it is', () => {
    assert.equal(stageWord('connect-sent'), 'Own addresses sent (CONNECT)')
    for (const unknown of ['something-new', 'constructor', 'toString', '']) assert.equal(stageWord(unknown), unknown)
  })
  it('has words for everything that the mechanisms note', () => {
    const known = (
      'prepared stream-opened connect-sent connect-received sync-sent sync-received dialling tcp-opened upgraded ' +
      'answered asked data-sent dialled-back searching gateway-found gateway-refused gateway-lost external-address ' +
      'refused mapped renewed mapping-gone unmapped'
    ).split(' ')
    for (const what of known) assert.notEqual(stageWord(what), what)
  })
})

describe('attempts', () => {
  const attempt = (id: string, more: Partial<Attempt> = {}): Attempt => ({
    id,
    mechanism: 'dial',
    startedAt: 1_000,
    outcome: { state: 'running' },
    stages: [],
    ...more,
  })
  const stages = [
    { atMs: 30, what: 'prepared' },
    { atMs: 150, what: 'dialling' },
  ]
  it('stand with the newest first, by the number their id is', () => {
    const all = ['2', '10', '9', '1'].map((id) => attempt(id))
    assert.deepEqual(
      newestFirst(all).map(({ id }) => id),
      ['10', '9', '2', '1'],
    )
  })
  it('of one person are those with this person only', () => {
    const all = [
      attempt('1', { peer: 'lena' }),
      attempt('2'),
      attempt('3', { peer: 'bea' }),
      attempt('4', { peer: 'lena' }),
    ]
    assert.deepEqual(
      attemptsWith('lena', all).map(({ id }) => id),
      ['4', '1'],
    )
  })
  it('took what lies between begin and end, and never less than nothing', () => {
    assert.equal(tookMs(attempt('1')), undefined)
    assert.equal(tookMs(attempt('1', { endedAt: 1_292 })), 292)
    assert.equal(tookMs(attempt('1', { endedAt: 400 })), 0)
  })
  it('are drawn with a tick where each stage happened', () => {
    assert.deepEqual(barPlaces(attempt('1', { endedAt: 1_300, stages })), { ticks: [10, 50], certain: 100 })
  })
  it('that run leave room behind their newest stage', () => {
    assert.deepEqual(barPlaces(attempt('1', { stages })), { ticks: [15, 75], certain: 75 })
    assert.deepEqual(barPlaces(attempt('1')), { ticks: [], certain: 0 })
  })
  it('never leave their bar, however odd the times', () => {
    const odd = [{ atMs: -5, what: 'prepared' }, ...stages, { atMs: 900, what: 'answered' }]
    for (const endedAt of [1_000, 1_100, 400, undefined]) {
      const { ticks } = barPlaces(attempt('1', { stages: odd, ...(endedAt === undefined ? {} : { endedAt }) }))
      for (const place of ticks) assert.ok(place >= 0 && place <= 100, `${place}`)
    }
    assert.deepEqual(barPlaces(attempt('1', { endedAt: 1_000, stages: [{ atMs: 0, what: 'x' }] })).ticks, [0])
  })
})
