import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseOptions } from '../../natlab/options.ts'
import { KINDS } from '../../natlab/rows/promise.ts'

const read = (line: string) => parseOptions(line.split(' ').filter((word) => word !== ''))
const weather = { delayMs: 10, lossPercent: 0, wan: 'drop' } as const

test('without options the whole matrix is run, both directions', () => {
  assert.deepEqual(read(''), {
    kind: 'run',
    options: { task: { kind: 'matrix', isEachPairOnce: false, kinds: [...KINDS] }, weather },
  })
})

test('each task is understood', () => {
  const task = (line: string) => {
    const parsed = read(line)
    return parsed.kind === 'run' ? parsed.options.task : parsed
  }
  assert.deepEqual(task('--once'), { kind: 'matrix', isEachPairOnce: true, kinds: [...KINDS] })
  assert.deepEqual(task('--kinds cone,cgn'), { kind: 'matrix', isEachPairOnce: false, kinds: ['cone', 'cgn'] })
  assert.deepEqual(task('--pair cone:cgn'), { kind: 'row', pair: { a: 'cone', b: 'cgn' } })
  assert.deepEqual(task('--pair cone:cgn --runs 20'), { kind: 'runs', pair: { a: 'cone', b: 'cgn' }, runs: 20 })
  assert.deepEqual(task('--scene all'), { kind: 'scenes', scene: 'all' })
})

test('the weather and the file are understood', () => {
  assert.deepEqual(read('--once --delay-ms 100 --loss 2.5 --wan reject --json out.json'), {
    kind: 'run',
    options: {
      task: { kind: 'matrix', isEachPairOnce: true, kinds: [...KINDS] },
      weather: { delayMs: 100, lossPercent: 2.5, wan: 'reject' },
      jsonFile: 'out.json',
    },
  })
})

for (const [line, sentence] of [
  ['--pair cone', /--pair takes two of public, .* not “cone”/],
  ['--pair cone:cone:cone', /--pair takes two of/],
  ['--pair cone:home', /--pair takes two of/],
  ['--kinds cone,home', /--kinds takes some of/],
  ['--once --kinds cone,cgn', /odd number/],
  ['--pair cone:cgn --kinds cone', /for the matrix/],
  ['--runs 5', /--runs needs --pair/],
  ['--pair cone:cone --runs 0', /--runs is a whole number from 1 to 1000/],
  ['--pair cone:cone --runs 1.5', /--runs is a whole number/],
  ['--delay-ms -1', /--delay-ms/],
  ['--delay-ms 99999', /--delay-ms is a whole number from 0 to 2000/],
  ['--loss 51', /--loss is a number from 0 to 50/],
  ['--wan silence', /--wan is drop or reject/],
  ['--once --scene all', /exclude each other/],
  ['--frobnicate', /--help lists the options/],
  ['stray', /--help lists the options/],
] as const)
  test(`“${line}” is refused with a sentence`, () => {
    const parsed = read(line)
    assert.equal(parsed.kind, 'error')
    assert.match(parsed.kind === 'error' ? parsed.sentence : '', sentence)
  })
