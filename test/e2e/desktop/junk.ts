// Both functions travel into the page as text, so they refer to nothing outside themselves.

interface Given {
  readonly calls: number
  readonly seed: number
}

/** Sends junk on every channel from the preload's world, so many a second; answers how many were sent. */
export async function junkCalls({ calls, perSecond, seed }: Given & { readonly perSecond: number }): Promise<number> {
  const { standInIpcRenderer: renderer } = globalThis as unknown as {
    standInIpcRenderer: { send(channel: string, ...args: unknown[]): void; invoke(channel: string): Promise<unknown> }
  }
  let state = seed
  // A linear congruential generator (Numerical Recipes): the same seed sends the same junk.
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const pick = <One>(list: readonly One[]): One => list[random(list.length)] as One
  const hostile = () => {
    const object = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}')
    object.itself = object
    return object
  }
  const huge = 'x'.repeat(1024 * 1024)
  const values: readonly (() => unknown)[] = [
    () => undefined,
    () => null,
    () => random(2) === 0,
    () => random(2 ** 31) - 2 ** 30,
    () => Number.NaN,
    () => 2n ** 70n,
    () => 'x'.repeat(random(200)),
    () => [],
    () => ({}),
    hostile,
    () => new Map([[{}, new Set([1])]]),
    () => new Uint8Array(random(64)),
    () => new Date(Number.NaN),
    () => '__proto__',
  ]
  const names = ['ask', 'watch', 'hear', 'stop', 'constructor', '__proto__', '', 'eval']
  const commands = [
    'session.format',
    '__proto__',
    'toString',
    'contact.',
    'settings.change',
    'message.send',
    'x'.repeat(65),
  ]
  const inputs = [null, 1, 'text', [], {}, { __proto__: null }, { notify: 'perhaps' }, { conversation: 1, text: {} }]
  const frames: readonly (() => string)[] = [
    () => '',
    () => '{',
    () => 'null',
    () => '[]',
    () => `{"do":${JSON.stringify(pick(names))}}`,
    () => `{"do":"ask","id":${random(9)},"name":${JSON.stringify(pick(commands))},"input":{"__proto__":{"a":1}}}`,
    () => JSON.stringify({ do: pick(names), id: random(1e6), name: pick(commands), input: pick(inputs) }),
    () => JSON.stringify({ do: 'watch', id: random(1e6), name: pick(['__proto__', 'sessions', '']) }),
    () => JSON.stringify({ do: 'hear', id: random(100), conversation: pick(['x', '', '../..', '0'.repeat(64)]) }),
    () => JSON.stringify({ do: 'stop', id: random(100), more: true }),
    () => '['.repeat(random(2000)),
  ]
  const documents = ['a-document', 'another', '__proto__', '', 'x'.repeat(65), 'a b', '../../x']
  const channels = [
    'sightline:to-messenger',
    'sightline:to-messenger',
    'sightline:to-messenger',
    'sightline:read',
    'sightline:to-window',
    'ELECTRON_BROWSER_REQUIRE',
    '__proto__',
    'x',
  ]
  const startedAt = performance.now()
  let sent = 0
  while (sent < calls) {
    const due = Math.min(calls, Math.ceil(((performance.now() - startedAt) / 1000) * perSecond) + 1)
    for (; sent < due; sent += 1) {
      const channel = pick(channels)
      if (sent % 5_000 === 0) renderer.send(channel, pick(documents), huge)
      else if (sent % 97 === 0) renderer.invoke(channel).catch(() => undefined)
      else if (random(3) === 0) renderer.send(channel, ...Array.from({ length: random(4) }, () => pick(values)()))
      else renderer.send(channel, pick(documents), pick(frames)())
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return sent
}

/** Calls the bridge's functions with junk; answers with every answer that was not a refusal. */
export async function junkOfTheBridge({ calls, seed }: Given): Promise<unknown[]> {
  const bridge = window.sightline as unknown as Record<string, (...args: unknown[]) => unknown>
  let state = seed
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const values: readonly unknown[] = [
    undefined,
    null,
    7,
    Number.NaN,
    '__proto__',
    'constructor',
    'session.format',
    'x'.repeat(65),
    {},
    [],
    JSON.parse('{"__proto__":{"polluted":true}}'),
    () => undefined,
    'session.unlock ',
    'message.send',
  ]
  const verbs = ['ask', 'ask', 'watch', 'hear', 'onConnection']
  const surprising: unknown[] = []
  const waiting: Promise<unknown>[] = []
  for (let call = 0; call < calls; call += 1) {
    const verb = verbs[random(verbs.length)] ?? 'ask'
    const [one, two] = [values[random(values.length)], values[random(values.length)]]
    try {
      const answer = bridge[verb]?.(one, two)
      if (typeof answer === 'function') answer()
      if (answer instanceof Promise)
        waiting.push(
          answer.then(
            (result: { readonly ok?: boolean } | undefined) => {
              if (result?.ok !== false) surprising.push([verb, String(one), result])
            },
            () => undefined,
          ),
        )
    } catch {
      // Refused at once, by the bridge itself.
    }
    if (call % 100 === 99)
      await Promise.race([Promise.all(waiting.splice(0)), new Promise((done) => setTimeout(done, 20))])
  }
  return surprising.slice(0, 5)
}
