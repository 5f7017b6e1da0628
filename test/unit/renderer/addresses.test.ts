import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgeAddress } from '../../../shared/domain/outward-address.ts'
import { decodeLabel } from '../../../shared/domain/punycode.ts'
import { REFUSED_ADDRESSES } from '../../support/refused-addresses.ts'

describe('a label of a host in its own letters', () => {
  // From RFC 3492, section 7.1, and names one meets.
  const cases = [
    ['xn--bcher-kva', 'bücher'],
    ['xn--80ak6aa92e', 'аррӏе'],
    ['xn--e1afmkfd', 'пример'],
    ['xn--fsqu00a', '例子'],
    ['xn--ihqwcrb4cv8a8dqg056pqjye', '他们为什么不说中文'],
    ['xn--4dbcagdahymbxekheh6e0a7fei0b', 'למההםפשוטלאמדבריםעברית'],
    ['xn--PorqunopuedensimplementehablarenEspaol-fmd56a', 'PorquénopuedensimplementehablarenEspañol'],
    ['example', 'example'],
    ['xn--', ''],
    ['xn--\u{1f600}', 'xn--\u{1f600}'],
    ['xn--99999999', 'xn--99999999'],
  ] as const
  for (const [label, letters] of cases)
    it(`${label} reads “${letters}”`, () => assert.equal(decodeLabel(label), letters))
})

describe('an address in a text', () => {
  const plain = { kind: 'leads', isMixed: false, isOpenToAll: false } as const
  const leads = [
    ['https://example.org/a?b=c#d', { ...plain, address: 'https://example.org/a?b=c#d', host: 'example.org' }],
    ['HTTPS://EXAMPLE.ORG', { ...plain, address: 'https://example.org/', host: 'example.org' }],
    ['https://example.org:8443/', { ...plain, address: 'https://example.org:8443/', host: 'example.org:8443' }],
    ['http://example.org/', { ...plain, address: 'http://example.org/', host: 'example.org', isOpenToAll: true }],
    // Written to look like another host: what is asked for is what is shown.
    ['https://0x7f.1/', { ...plain, address: 'https://127.0.0.1/', host: '127.0.0.1' }],
    [
      'https://example.org/@evil.example',
      { ...plain, address: 'https://example.org/@evil.example', host: 'example.org' },
    ],
    [
      'https://bücher.example/',
      {
        ...plain,
        address: 'https://xn--bcher-kva.example/',
        host: 'xn--bcher-kva.example',
        hostInItsLetters: 'bücher.example',
      },
    ],
    // All of it Cyrillic, so nothing is mixed, and still it is not apple.com.
    [
      'https://аррӏе.com:444/',
      {
        ...plain,
        address: 'https://xn--80ak6aa92e.com:444/',
        host: 'xn--80ak6aa92e.com:444',
        hostInItsLetters: 'аррӏе.com:444',
      },
    ],
    // A Cyrillic а among Latin letters.
    [
      'https://pаypal.com/',
      {
        ...plain,
        address: 'https://xn--pypal-4ve.com/',
        host: 'xn--pypal-4ve.com',
        hostInItsLetters: 'pаypal.com',
        isMixed: true,
      },
    ],
    [
      'https://xn--pypal-4ve.com/',
      {
        ...plain,
        address: 'https://xn--pypal-4ve.com/',
        host: 'xn--pypal-4ve.com',
        hostInItsLetters: 'pаypal.com',
        isMixed: true,
      },
    ],
    [
      'https://東京タワー.example/',
      {
        ...plain,
        address: 'https://xn--hckqz9bzb1cyrb.example/',
        host: 'xn--hckqz9bzb1cyrb.example',
        hostInItsLetters: '東京タワー.example',
      },
    ],
  ] as const
  for (const [text, judged] of leads)
    it(`${text} leads to ${judged.host}`, () => {
      const said = judgeAddress(text)
      // The exact punycode of the Japanese name is the browser's business; that it reads back is ours.
      if (text.includes('東京')) {
        assert.equal(said.kind === 'leads' && said.hostInItsLetters, judged.kind === 'leads' && '東京タワー.example')
        assert.equal(said.kind === 'leads' && said.isMixed, false)
      } else assert.deepEqual(said, judged)
    })

  for (const [text, because] of REFUSED_ADDRESSES)
    it(`${JSON.stringify(text.slice(0, 60))} is not opened: ${because}`, () =>
      assert.deepEqual(judgeAddress(text), { kind: 'refused', because }))
})
