import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { piecesOf } from '../../../renderer/chat/links.ts'

const hrefs = (text: string): readonly string[] => piecesOf(text).flatMap(({ href }) => href ?? [])

describe('addresses in a text', () => {
  it('are those with a scheme of the web, to their real end', () => {
    assert.deepEqual(hrefs('see https://a.example/b_(c)?d=e, (http://b.example/), HTTPS://C.EXAMPLE.'), [
      'https://a.example/b_(c)?d=e',
      'http://b.example/',
      'HTTPS://C.EXAMPLE',
    ])
  })
  it('are those without a scheme that can be nothing else, and go over https', () => {
    assert.deepEqual(hrefs('www.example.de and example.org and github.com/a/b'), [
      'https://www.example.de',
      'https://example.org',
      'https://github.com/a/b',
    ])
    assert.deepEqual(hrefs('notes.md, main.rs, at 3.5/4, e.g. this.Then that, ada@example.org'), [])
  })
  it('never run anything, and lead nowhere but to the web', () => {
    const texts = ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'ftp://a.example', 'vbscript:x']
    for (const text of texts) assert.deepEqual(hrefs(text), [], text)
  })
  it('hold no signs that make them read as another address', () => {
    for (const sign of ['\u202e', '\u200b', '\u2066', '\u00ad'])
      assert.deepEqual(
        hrefs(`https://exam${sign}ple.org/`).filter((href) => href.includes(sign)),
        [],
      )
  })
  it('leave the text as it was', () => {
    for (const text of ['', 'plain', 'a https://b.example c', '<b>https://x.example/<i></b>', ':.:.'])
      assert.equal(
        piecesOf(text)
          .map((piece) => piece.text)
          .join(''),
        text,
      )
  })
})
