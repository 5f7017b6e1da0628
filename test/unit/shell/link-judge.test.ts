import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeLink } from '../../../electron/shell/guard/link-judge.ts'
import { REFUSED_ADDRESSES } from '../../support/refused-addresses.ts'

test('a link that is not plainly an address of the web over https is refused, with the reason', () => {
  for (const [link, why] of [
    ...REFUSED_ADDRESSES,
    ['http://example.org/', 'insecure'],
    ['HTTP://example.org/', 'insecure'],
  ] as const)
    assert.deepEqual(judgeLink(link), { ok: false, failure: why }, link.slice(0, 80))
})

test('the host that is named is the one that will be asked', () => {
  const named: readonly (readonly [link: string, host: string])[] = [
    ['https://example.org', 'example.org'],
    ['https://EXAMPLE.org/Path?q#f', 'example.org'],
    ['https://example.org:8443/', 'example.org:8443'],
    ['https://example.org:443/', 'example.org'],
    ['https://example.org./', 'example.org.'],
    ['https://bank.example.evil.example/', 'bank.example.evil.example'],
    ['https://evil.example/@bank.example', 'evil.example'],
    ['https://evil.example?bank.example', 'evil.example'],
    ['https://evil.example#@bank.example', 'evil.example'],
    ['https://0x7f.1/', '127.0.0.1'],
    ['https://2130706433/', '127.0.0.1'],
    ['https://[::1]:8443/', '[::1]:8443'],
    ['https://ⓔxample.org/', 'example.org'],
  ]
  for (const [link, host] of named) {
    const judged = judgeLink(link)
    assert.equal(judged.ok && judged.value.host, host, link)
  }
})

test('what is opened is plain ASCII', () => {
  const judged = judgeLink('https://bücher.example/grün?ö=ü#ß')
  assert.ok(judged.ok)
  assert.match(judged.value.url, /^[\x21-\x7e]+$/)
})

test('a name with other letters is shown in both forms, and mixed alphabets are noticed', () => {
  const shown: readonly (readonly [link: string, host: string, unicode: string, mixes: boolean])[] = [
    ['https://bücher.example/', 'xn--bcher-kva.example', 'bücher.example', false],
    ['https://xn--bcher-kva.example/', 'xn--bcher-kva.example', 'bücher.example', false],
    // Cyrillic а in a Latin word.
    ['https://p\u0430ypal.com/', 'xn--pypal-4ve.com', 'p\u0430ypal.com', true],
    // All Cyrillic: one alphabet, and still not what it looks like.
    ['https://\u0430\u0440\u0440\u04cf\u0435.com/', 'xn--80ak6aa92e.com', '\u0430\u0440\u0440\u04cf\u0435.com', false],
    [
      'https://\u65e5\u672c\u8a9e\u30c6\u30b9\u30c8abc.example/',
      '',
      '\u65e5\u672c\u8a9e\u30c6\u30b9\u30c8abc.example',
      false,
    ],
    ['https://\u03b1\u0431.example/', '', '\u03b1\u0431.example', true],
  ]
  for (const [link, host, unicode, mixes] of shown) {
    const judged = judgeLink(link)
    assert.ok(judged.ok, link)
    if (host !== '') assert.equal(judged.value.host, host)
    assert.match(judged.value.host, /^xn--/)
    assert.equal(judged.value.unicodeHost, unicode)
    assert.equal(judged.value.mixesScripts, mixes, link)
  }
  const plain = judgeLink('https://example.org/')
  assert.ok(plain.ok && plain.value.unicodeHost === undefined && !plain.value.mixesScripts)
})

test('a link into the own network or computer is allowed and named as such', () => {
  const places: readonly (readonly [host: string, leadsTo: string])[] = [
    ['example.org', 'internet'],
    ['8.8.8.8', 'internet'],
    ['[2001:db8::1]', 'internet'],
    ['172.32.0.1', 'internet'],
    ['localhost', 'this computer'],
    ['localhost.', 'this computer'],
    ['a.localhost', 'this computer'],
    ['127.0.0.1', 'this computer'],
    ['127.9.9.9', 'this computer'],
    ['0.0.0.0', 'this computer'],
    ['[::1]', 'this computer'],
    ['[::ffff:127.0.0.1]', 'this computer'],
    ['10.0.0.1', 'local network'],
    ['172.16.0.1', 'local network'],
    ['192.168.1.1', 'local network'],
    ['169.254.1.1', 'local network'],
    ['100.64.0.1', 'local network'],
    ['[fe80::1]', 'local network'],
    ['[fd00::1]', 'local network'],
    ['[::ffff:192.168.1.1]', 'local network'],
    ['printer', 'local network'],
    ['router.local', 'local network'],
    ['fritz.home.arpa', 'local network'],
  ]
  for (const [host, leadsTo] of places) {
    const judged = judgeLink(`https://${host}/`)
    assert.equal(judged.ok && judged.value.leadsTo, leadsTo, host)
  }
})
