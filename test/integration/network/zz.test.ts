import { test } from 'node:test'
import { eventually } from '../../support/eventually.ts'
import { introduce, lineOf, startPerson } from './people.ts'

test('x', async (t) => {
  const [a, b] = await Promise.all([startPerson(t, { isRelayOnly: false }), startPerson(t, { isRelayOnly: false })])
  await b.network.handle('/test/card/1', 'anyone', async (s) => {
    await s.send(Buffer.from('I am B'))
    await s.close()
  })
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'lan')
  const s = await a.network.open(b.id, '/test/card/1', { signal: AbortSignal.timeout(3000) })
  for await (const f of s) console.log(String(Buffer.from(f)))
  console.log('done')
})
