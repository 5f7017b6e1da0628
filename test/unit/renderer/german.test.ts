import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Path } from '../../../shared/domain/line.ts'

// A window that was loaded in German: the language is chosen once, when the first of these modules is loaded.
const kept = new Map([['sightline-language', 'de']])
Object.assign(globalThis, {
  document: {},
  localStorage: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  },
})
const { language, languageOf, keepLanguage, locale } = await import('../../../renderer/words/language.ts')
const { words } = await import('../../../renderer/words/words.ts')
const { lineSentence, lineWords } = await import('../../../renderer/words/line.ts')
const { deliveryWords } = await import('../../../renderer/words/delivery.ts')
const { failureSentence } = await import('../../../renderer/words/failure.ts')
const { refusalSentence } = await import('../../../renderer/words/refusal.ts')
const { dayHeading, duration, milliseconds } = await import('../../../renderer/words/time.ts')
const { size } = await import('../../../renderer/words/size.ts')

const parts = [
  'chat',
  'first-run',
  'network',
  'people',
  'settings',
  'shell',
  'failures',
  'lines',
  'refusals',
  'times',
  'attempts',
]

// Said alike in both languages: names, exact terms, signs, and words that German took over.
const SAME = new Set([
  ...[
    'AutoNAT',
    'AutoNAT v2',
    'UPnP',
    'QUIC',
    'WebRTC',
    'MIT',
    'English',
    'Deutsch',
    'sightline://add/…',
    'Esc',
    '↑',
    '↓',
    '… ',
  ],
  ...['Chats', 'Link', 'Name', 'Relays', 'Router', 'Peers', 'Streams', 'Transport', 'Version', 'Passphrase', 'relay'],
])
// Functions that join what they are given, or say no sentence.
const SAME_FUNCTIONS = new Set([
  'chat.count',
  'chat.newMessage',
  'shell.title',
  'network.relayRefusal',
  'network.exactTerm',
])
// What they are given differs in kind; the tests of their sentences call them as the pages do.
const OBJECT_FUNCTIONS = new Set([
  ...['network.sentence', 'network.rest', 'network.reachable', 'network.evidence', 'network.relayTrouble'],
  ...['network.relayLimit', 'people.asking', 'people.sees', 'people.nearbyNone', 'people.announcedNone'],
  ...['people.scan.noLink', 'people.scan.noSafety'],
])

/** Walks two trees of sentences side by side. */
function* pairs(english: unknown, german: unknown, at: string): Generator<readonly [string, unknown, unknown]> {
  if (typeof english !== 'object' || english === null || typeof german !== 'object' || german === null)
    return yield [at, english, german]
  assert.deepEqual(Object.keys(german), Object.keys(english), `${at} has the same sentences in the same order`)
  for (const [name, said] of Object.entries(english))
    yield* pairs(said, german[name as keyof typeof german], `${at}.${name}`)
}

/** What a sentence with gaps says; the same is put into the gaps of both languages. */
function filled(sentence: unknown): string {
  assert.ok(typeof sentence === 'function')
  const say = (...gaps: readonly unknown[]): string => {
    try {
      return `${sentence(...gaps)}`
    } catch {
      // A date cannot be made of a name.
      return ''
    }
  }
  return `${say(3, 2, 1)} ${say('Lena', 'harbour', 'tcp')}`
}

describe('German', () => {
  for (const part of parts)
    it(`says every sentence of ${part} in its own words`, async () => {
      // One export per file, named like the file.
      const [english, german] = await Promise.all(
        ['english', 'german'].map((folder) => import(`../../../renderer/words/${folder}/${part}.ts`)),
      )
      const name = Object.keys(german)[0] ?? ''
      const alike: string[] = []
      for (const [at, one, other] of pairs(english[name], german[name], name)) {
        if (typeof one === 'function') {
          if (SAME_FUNCTIONS.has(at) || OBJECT_FUNCTIONS.has(at)) continue
          if (filled(one) === filled(other)) alike.push(`${at}: ${filled(one)}`)
        } else if (one !== '' && one === other && !SAME.has(`${one}`)) alike.push(`${at}: ${one}`)
      }
      assert.deepEqual(alike, [])
    })

  it('has no exclamation marks, no straight quotes and no English ones', async () => {
    const wrong: string[] = []
    for (const part of parts) {
      const german = await import(`../../../renderer/words/german/${part}.ts`)
      for (const [at, said] of pairs(german, german, part)) {
        const text = typeof said === 'function' ? (OBJECT_FUNCTIONS.has(at) ? '' : String(said)) : `${said}`
        const bare = typeof said === 'function' ? text.replace(/[!=]==?|!\w/g, '') : text
        if (/[!“](?=\w)/u.test(bare.replace(/„[^“]*“/gu, '')) || /"/u.test(text)) wrong.push(`${at}: ${text}`)
      }
    }
    assert.deepEqual(wrong, [])
  })
})

describe('a window loaded in German', () => {
  it('is German in all that it says', () => {
    assert.equal(language, 'de')
    assert.equal(words.shell.pages.people, 'Personen')
    assert.match(locale(), /^de/)
  })
  it('says lines', () => {
    const said = (path: Path) => {
      const { strong, rest } = lineWords(path, () => 'harbour')
      return strong + rest
    }
    assert.equal(
      said({ line: { kind: 'relayed', relay: 'r' }, transport: 'tcp', roundTripMs: 43.2 }),
      'Über Relay harbour · 43 ms',
    )
    assert.equal(said({ line: { kind: 'lan' }, transport: 'tcp' }), 'In diesem Netzwerk · TCP')
    assert.equal(
      lineSentence({ line: { kind: 'none' } }, 'Bea', '', { state: 'silent', relayOnly: 'all' }),
      'Keine Verbindung zu Bea: kein Relay antwortet, und du hast „Nur über Relay“ gewählt. Was du schreibst, wartet hier und geht von selbst hinaus.',
    )
  })
  it('says how far a message came', () => {
    const bea = { name: 'Bea', line: 'none', state: 'mutual', own: { state: 'fine' } } as const
    const { strong, rest } = deliveryWords('written', bea)
    assert.equal(strong + rest, 'Wartet: Bea ist offline')
    assert.equal(deliveryWords('delivered', bea).strong, 'Zugestellt')
  })
  it('says failures and refusals', () => {
    assert.equal(
      failureSentence({ code: 'too-long', detail: { limit: 4096, unit: 'characters' } }),
      'Das ist zu lang. Erlaubt sind höchstens 4.096 Zeichen.',
    )
    assert.match(failureSentence({ code: 'not-allowed', detail: { because: 'profile exists' } }), /schon ein Profil/)
    assert.match(failureSentence({ code: 'internal', detail: { incident: 'k7f2' } }), /heißt es k7f2/)
    assert.match(
      refusalSentence({ reason: 'bad-seq', isRefusedHere: true, isMine: false }, 'Lena'),
      /^Eine Nachricht von Lena wurde nicht angenommen, weil ihre Nummer/,
    )
  })
  it('says the network, requests and codes', () => {
    const report = {
      at: 0,
      reachability: 'unknown',
      portMapping: 'unknown',
      mapping: 'unknown',
      reservations: 0,
      missing: [],
      addresses: [],
    } as const
    const reach = { relays: ['harbour', 'kiosk'], isRelayOnly: true, hasLanLine: false }
    assert.match(words.network.sentence(report, reach), /Andere erreichen dich über harbour und kiosk\.$/)
    assert.match(words.network.relayTrouble({ state: 'unreachable', reason: 'ECONNREFUSED' }) ?? '', /abgewiesen/)
    assert.match(words.network.relayTrouble({ state: 'unreachable', reason: 'new' }) ?? '', /niemand geantwortet/)
    assert.match(
      words.people.asking({ name: 'Bea', way: 'nothing', hasAddress: false, isRelayOnly: false, nearby: undefined }),
      /wenn ihr euch in einem Netzwerk oder auf einem Relay trefft\.$/,
    )
    assert.match(words.people.scan.noLink({ kind: 'wifi' }), /WLANs/)
  })
  it('counts one and many', () => {
    assert.equal(words.chat.newAbove(1), '1 neue Nachricht darüber')
    assert.equal(words.chat.newAbove(2), '2 neue Nachrichten darüber')
    assert.equal(words.network.peersNote(1), '1 Verbindung')
    assert.equal(words.people.viaRelays(2), 'mit 2 Relays')
  })
  it('writes times and figures the German way', () => {
    const noon = new Date(2026, 10, 20, 12).getTime()
    assert.equal(dayHeading(noon, noon), 'Heute, Freitag, 20. November')
    assert.deepEqual([1_240, 61_000].map(milliseconds), ['1,2 s', '1 min'])
    assert.equal(duration(3 * 24 * 3_600_000), '3 Tage')
    assert.equal(size(61.2 * 1024 * 1024), '61,2 MB')
    assert.equal(size(12), '12 Byte')
  })
})

describe('the choice of a language', () => {
  it('goes by the first preferred language there are words in', () => {
    assert.equal(languageOf('system', ['fr-FR', 'de-AT', 'en']), 'de')
    assert.equal(languageOf('system', ['en-GB', 'de']), 'en')
    assert.equal(languageOf('system', ['den', 'fr']), 'en')
    assert.equal(languageOf('de', ['en']), 'de')
  })
  it('asks for another load only when that changes the language', () => {
    assert.equal(keepLanguage('de'), false)
    assert.equal(keepLanguage('en'), true)
    assert.equal(kept.get('sightline-language'), 'en')
  })
  it('never asks for another load where nothing can be kept', () => {
    const { setItem } = localStorage
    kept.set('sightline-language', 'de')
    localStorage.setItem = () => {}
    assert.equal(keepLanguage('en'), false)
    localStorage.setItem = () => {
      throw new Error('full')
    }
    assert.equal(keepLanguage('en'), false)
    localStorage.setItem = setItem
  })
})
