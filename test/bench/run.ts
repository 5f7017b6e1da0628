/**
 * `npm run bench`: measures, prints a table, and ends with 1 when a promise is broken.
 * `-- --only start,message` runs some; `--json FILE` writes the figures.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { measureBurst } from './burst.ts'
import { measureMessages } from './message.ts'
import { measurePage } from './page.ts'
import { measureStart } from './start.ts'
import { type Figure, isBroken, table } from './stats.ts'

const BENCHMARKS: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  start: measureStart,
  message: measureMessages,
  burst: measureBurst,
  page: measurePage,
}

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } })
const asked = values.only?.split(',') ?? Object.keys(BENCHMARKS)
const unknown = asked.filter((name) => !Object.hasOwn(BENCHMARKS, name))
if (unknown.length > 0) {
  console.error(`no benchmark named ${unknown.join(', ')}; there are: ${Object.keys(BENCHMARKS).join(', ')}`)
  process.exit(2)
}

const figures: Figure[] = []
for (const name of asked) figures.push(...((await BENCHMARKS[name]?.()) ?? []))
console.log(table(figures))
if (values.json !== undefined) {
  writeFileSync(
    values.json,
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, figures }, null, 2)}\n`,
  )
}
const broken = figures.filter(isBroken)
for (const { name, value, most, unit } of broken)
  console.error(`broken: ${name} is ${value.toFixed(2)} ${unit}, promised ≤ ${most} ${unit}`)
process.exit(broken.length === 0 ? 0 : 1)
