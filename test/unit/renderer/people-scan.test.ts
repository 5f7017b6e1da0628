import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import { AWAY_MAX_MS, startCamera, watchAway } from '../../../renderer/people/scan/camera.ts'
import { readCode, safetyText } from '../../../renderer/people/scan/code.ts'
import { createDecoder } from '../../../renderer/people/scan/decoder.ts'
import { refusalOf, sizeIn } from '../../../renderer/people/scan/picture.ts'
import { words } from '../../../renderer/words/words.ts'
import { pngOfSize } from '../../support/pictures.ts'

const { scan } = words.people

describe('the text of a code', () => {
  it('is a link, a bare key or an address when it begins like one', () => {
    for (const text of ['sightline://add/CAES', 'SIGHTLINE://ADD/x', '/dns4/a.example/tcp/1/p2p/x', '12D3KooWabc'])
      assert.deepEqual(readCode(` ${text}\n`), { kind: 'link', link: text })
  })
  it('is a safety number only with a version and sixty digits', () => {
    const digits = '12345'.repeat(12)
    assert.deepEqual(readCode(safetyText('12345 '.repeat(12))), { kind: 'safety', digits })
    assert.equal(readCode(`sightline-safety:1:${digits}0`).kind, 'text')
    assert.equal(readCode(`sightline-safety:1:${'x'.repeat(60)}`).kind, 'text')
    assert.equal(readCode(`sightline-safety:2:${digits}`).kind, 'safety-newer')
  })
  it('is told by its kind otherwise, with the real host of a web address', () => {
    const kinds = {
      'WIFI:T:WPA;S:home;P:secret;;': 'wifi',
      'BEGIN:VCARD\nVERSION:3.0': 'card',
      'mailto:a@example.org': 'mail',
      'tel:+49123': 'phone',
      'geo:52,13': 'place',
      'javascript:alert(1)': 'program',
      'file:///etc/passwd': 'program',
      'sgnl://signal.me': 'program',
      hello: 'text',
      '': 'text',
    }
    for (const [text, kind] of Object.entries(kinds)) assert.equal(readCode(text).kind, kind, text)
    assert.deepEqual(readCode('https://friend@evil.example/sightline://add/x'), { kind: 'web', host: 'evil.example' })
    assert.deepEqual(readCode('http://bаnk.example'), { kind: 'web', host: 'xn--bnk-6cd.example' })
  })
  it('that is none of ours is called what it is, and that nothing was opened', () => {
    const code = readCode('https://evil.example/x')
    assert.ok(code.kind === 'web')
    assert.match(scan.noLink(code), /web address \(evil\.example\)\. Nothing was opened/)
    assert.match(scan.noSafety(code, 'Bea'), /not a safety number/)
  })
})

describe('a picture', () => {
  it('says its size in its first bytes, whatever kind it is', () => {
    const bytes = (...parts: readonly (string | readonly number[])[]) =>
      Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)))
    assert.deepEqual(sizeIn(pngOfSize(300, 200)), { width: 300, height: 200 })
    assert.deepEqual(sizeIn(bytes('GIF89a', [44, 1, 200, 0])), { width: 300, height: 200 })
    const jpeg = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 9, 9, 0xff, 0xff, 0xc2, 0, 17, 8, 0, 200, 1, 44, 3, 0, 0])
    assert.deepEqual(sizeIn(jpeg), { width: 300, height: 200 })
    const webp = bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0, 43, 1, 0, 199, 0, 0])
    assert.deepEqual(sizeIn(webp), { width: 300, height: 200 })
  })
  it('that would fill the memory is refused before it is unpacked', async () => {
    const refused = (bytes: Uint8Array<ArrayBuffer>) => refusalOf(new Blob([bytes]))
    assert.equal(await refused(pngOfSize(40_000, 40_000)), 'too-large')
    assert.equal(await refused(pngOfSize(16_000, 16_000)), 'too-large')
    assert.equal(await refused(pngOfSize(1, 0xffff_ffff)), 'too-large')
    assert.equal(await refused(pngOfSize(20_000, 100)), 'too-large')
    assert.equal(await refused(pngOfSize(0, 5)), 'not-a-picture')
    assert.equal(await refused(pngOfSize(8_000, 8_000)), undefined)
    assert.equal(await refusalOf(new Blob([new Uint8Array(40 * 1024 * 1024 + 1)])), 'too-large')
  })
  it('that is none is refused, cut off or not', async () => {
    for (const text of ['', 'hello', '<svg/>', '\x89PNG\r\n\x1a\n', 'GIF89a', 'BM', 'RIFF0000WEBPVP8X'])
      assert.equal(await refusalOf(new Blob([Buffer.from(text, 'latin1')])), 'not-a-picture', text)
  })
})

describe('the worker that looks for codes', () => {
  /** Stands in for the browser's worker. */
  function fakeWorker(answer: (id: number) => unknown) {
    const ended: number[] = []
    let started = 0
    const start = () => {
      const number = ++started
      const worker = {
        onmessage: undefined as ((event: { data: unknown }) => void) | undefined,
        postMessage({ id }: { id: number }) {
          const said = answer(id)
          if (said !== undefined) queueMicrotask(() => worker.onmessage?.({ data: { id, seen: said } }))
        },
        terminate: () => void ended.push(number),
      }
      // The parts of a Worker that the decoder uses.
      return worker as unknown as Worker
    }
    return { start, ended, started: () => started }
  }

  it('is ended when it takes too long, and the next picture gets a new one', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const fake = fakeWorker((id) => (id === 1 ? undefined : { kind: 'done', text: 'x' }))
    const decoder = createDecoder(fake.start)
    const slow = decoder.look(new Blob())
    t.mock.timers.tick(15_000)
    assert.deepEqual(await slow, { kind: 'too-slow' })
    assert.deepEqual(fake.ended, [1])
    assert.deepEqual(await decoder.look(new Blob()), { kind: 'done', text: 'x' })
    assert.equal(fake.started(), 2)
  })
  it('ends with the dialog, and nobody waits for it any more', async () => {
    const fake = fakeWorker(() => undefined)
    const decoder = createDecoder(fake.start)
    const waiting = decoder.look(new Blob())
    decoder.stop()
    assert.deepEqual(await waiting, { kind: 'stopped' })
    assert.deepEqual(fake.ended, [1])
  })
})

describe('the camera', () => {
  it('says why it gives no picture', async () => {
    const failing = (name: string) => ({
      getUserMedia: () => Promise.reject(Object.assign(new Error('no'), { name })),
    })
    const names = {
      NotAllowedError: 'refused',
      NotFoundError: 'absent',
      NotReadableError: 'in-use',
      TypeError: 'failed',
    } as const
    for (const [name, said] of Object.entries(names)) {
      assert.equal(await startCamera(failing(name), () => {}), said)
      assert.ok(scan.camera[said].length > 0)
    }
    assert.equal(await startCamera(undefined, () => {}), 'absent')
  })
  it('asks for pictures without sound, and a stop ends every track without being told as a loss', async () => {
    const track = Object.assign(new EventTarget(), { stop: mock.fn() })
    const getUserMedia = mock.fn(async (_asked?: MediaStreamConstraints) => ({ getTracks: () => [track] }))
    const onGone = mock.fn()
    // The parts of the browser's devices that are used.
    const camera = await startCamera({ getUserMedia } as unknown as MediaDevices, onGone)
    assert.ok(typeof camera !== 'string')
    assert.equal(getUserMedia.mock.calls[0]?.arguments[0]?.audio, false)
    track.dispatchEvent(new Event('ended'))
    assert.equal(onGone.mock.callCount(), 1)
    camera.stop()
    track.dispatchEvent(new Event('ended'))
    assert.equal(onGone.mock.callCount(), 1)
    assert.equal(track.stop.mock.callCount(), 1)
  })
  it('is switched off after a minute in a window nobody looks at, and not before', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const window = new EventTarget()
    const onAway = mock.fn()
    const stop = watchAway(window, true, onAway)
    window.dispatchEvent(new Event('blur'))
    t.mock.timers.tick(AWAY_MAX_MS - 1)
    window.dispatchEvent(new Event('focus'))
    t.mock.timers.tick(AWAY_MAX_MS)
    assert.equal(onAway.mock.callCount(), 0)
    window.dispatchEvent(new Event('blur'))
    t.mock.timers.tick(AWAY_MAX_MS)
    assert.equal(onAway.mock.callCount(), 1)
    window.dispatchEvent(new Event('blur'))
    stop()
    t.mock.timers.tick(AWAY_MAX_MS)
    assert.equal(onAway.mock.callCount(), 1)
  })
})
