import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BORDERS, crossings } from './borders.ts'
import { allImports, importsOf } from './imports.ts'

const imports = allImports()

test('the reader of imports sees every form of import', () => {
  const source = `import a from 'a'\nimport type { B } from './b.ts'\nexport { c } from "c"\nconst d = await import('d')\nimport 'e'\n`
  const found = importsOf('shared/x.ts', source).map(({ target, isTypeOnly }) => [target, isTypeOnly])
  assert.deepEqual(found, [
    ['a', false],
    ['shared/b.ts', true],
    ['c', false],
    ['d', false],
    ['e', false],
  ])
})

for (const border of BORDERS) {
  test(`border: ${border.name}`, () => assert.deepEqual(crossings(border, imports), []))
}

const BROKEN: readonly [file: string, target: string, border: string][] = [
  ['electron/app/messenger.ts', 'electron', 'only the shell, main and preload import electron'],
  ['electron/messaging/people/people.ts', '@libp2p/interface', 'only electron/network imports libp2p'],
  ['renderer/chat/log.tsx', 'electron/app/answer.ts', 'the window never sees electron/'],
  ['electron/storage/database.ts', 'electron/network/network.ts', 'storage imports nothing above it'],
]

for (const [file, target, border] of BROKEN) {
  test(`an import of ${target} in ${file} is named`, () => {
    const named = BORDERS.flatMap((each) => crossings(each, [{ file, target, isTypeOnly: false }]))
    assert.ok(named.includes(`${file} imports ${target}: ${border}`), named.join('\n'))
  })
}
