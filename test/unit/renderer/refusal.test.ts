import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { refusalSentence } from '../../../renderer/words/refusal.ts'
import type { Stopped } from '../../../shared/domain/message.ts'
import { REFUSAL_REASONS } from '../../../shared/domain/refusal.ts'

const reasons: readonly Stopped['reason'][] = [...REFUSAL_REASONS, 'other']
const said = (reason: Stopped['reason'], isRefusedHere: boolean, isMine: boolean) =>
  refusalSentence({ reason, isRefusedHere, isMine }, 'Bea')

describe('the sentence for a log that goes no further', () => {
  it('says what happened and what to do, differently for each reason and each side', () => {
    const all = reasons.flatMap((reason) =>
      [true, false].flatMap((here) => [true, false].map((mine) => said(reason, here, mine))),
    )
    assert.equal(new Set(all).size, reasons.length * 4)
    for (const sentence of all) assert.match(sentence, /Bea.*because .+\. .*(Tell|Ask|Use) /)
  })

  it('never shows the name a rule has between programs', () => {
    for (const reason of reasons) if (reason !== 'other') assert.ok(!said(reason, true, false).includes(reason), reason)
  })

  it('names who refused whose message', () => {
    assert.match(
      said('wrong-signature', true, false),
      /^A message from Bea was not taken, because its signature is wrong/,
    )
    assert.match(said('bad-seq', false, true), /^Bea’s Sightline does not take a message of yours, .* wait here\./)
    assert.match(said('wrong-signature', true, true), /sent something in your name that was not taken/)
  })
})
