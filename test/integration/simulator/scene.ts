import assert from 'node:assert/strict'
import type { Path } from '../../../shared/domain/line.ts'
import { auditDisk, createAuditor } from './auditor.ts'
import { createMachine, type Machine } from './machine.ts'
import { type Chance, createChance, createTime } from './time.ts'
import { createWires, NO_FAULTS } from './wires.ts'

const SCENE_MS = 60_000
const SETTLE_MOST_MS = 120_000
const RELAYED: Path = { line: { kind: 'relayed', relay: 'relay' }, transport: 'tcp' }
const DIRECT: Path = { line: { kind: 'direct' }, transport: 'tcp' }

/** What happened in one scene: how often each kind of event, and a digest that is equal in every run of one seed. */
export interface SceneReport {
  readonly counts: ReadonlyMap<string, number>
  readonly digest: string
}

interface Options {
  readonly folder: string
  readonly template: string
}

/** Plays one seeded scene with three people, lets everything heal, and audits every disk. Throws what the auditor found. */
export async function playScene(seed: number, { folder, template }: Options): Promise<SceneReport> {
  const chance = createChance(seed)
  const time = createTime()
  const counts = new Map<string, number>()
  const count = (kind: string) => void counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const auditor = createAuditor()
  const wires = createWires(time, chance, count)
  const machines: Machine[] = []
  for (const [index, name] of ['ann', 'bea', 'cem'].entries())
    machines.push(
      createMachine({
        ...{ number: index + 1, name: `${name}-${seed}`, folder, template, time, chance, wires, auditor, count },
        others: () => machines,
      }),
    )
  try {
    for (const machine of machines) machine.start()
    await time.pass(500)
    const comebacks: Comeback[] = []
    const restored = (machine: Machine) => {
      auditor.restored(machines)
      comebacks.push(comebackOf(machine, machines))
    }
    plan(seed, { chance, count, machines, time, wires, restored })
    await time.pass(SCENE_MS)

    wires.faults = NO_FAULTS
    for (const machine of machines) machine.start()
    await time.pass(5_000)
    for (const [a, b] of pairs(machines)) wires.connect(a.id, b.id, DIRECT)
    await settle(machines, time)
    // Whatever happened: what is written now arrives, and forks nothing any more.
    for (const [a, b] of pairs(machines)) {
      a.type(b, `last words ${a.name} to ${b.name}`)
      b.type(a, `last words ${b.name} to ${a.name}`)
    }
    await time.pass(1_000)
    await settle(machines, time)
    audit(machines, auditor.owed())
    for (const { machine, instance, ids } of comebacks)
      if ([...ids].some((id) => machine.entries().has(id)))
        assert.notEqual(
          machine.instance(),
          instance,
          `${machine.name} writes on in an instance that others know better`,
        )
    const looking = views(machines)
    await time.pass(5_000)
    await looking
    for (const machine of machines) assert.deepEqual(machine.problems, [])
    for (const machine of machines) {
      const forks = machine.disk.db.one<{ count: number }>(
        'SELECT count(*) AS count FROM log WHERE forkSeq IS NOT NULL',
      )
      for (let fork = 0; fork < (forks?.count ?? 0); fork++) count('fork held')
    }
    const digest = machines.map((machine) => [...machine.entries()].sort().join()).join('|')
    return { counts, digest: `${time.steps} ${digest}` }
  } finally {
    for (const machine of machines) {
      machine.crash()
      machine.disk.close()
    }
  }
}

/** Entries of a machine that came back from an old copy, which only others still had, and the instance they belong to. */
interface Comeback {
  readonly machine: Machine
  readonly instance: string
  readonly ids: ReadonlySet<string>
}

function comebackOf(machine: Machine, machines: readonly Machine[]): Comeback {
  const instance = machine.instance()
  const known = machine.entries()
  const elsewhere = machines.flatMap((other) =>
    other.disk.db.all<{ id: string }>(
      'SELECT lower(hex(e.id)) AS id FROM entry e JOIN log l ON l.key = e.log WHERE l.author = ? AND l.instance = ?',
      machine.id,
      instance,
    ),
  )
  return { machine, instance, ids: new Set(elsewhere.map(({ id }) => id).filter((id) => !known.has(id))) }
}

interface Stage {
  readonly chance: Chance
  readonly machines: readonly Machine[]
  readonly time: ReturnType<typeof createTime>
  readonly wires: ReturnType<typeof createWires>
  count(kind: string): void
  restored(machine: Machine): void
}

function plan(seed: number, { chance, count, machines, time, wires, restored }: Stage): void {
  const at = (run: () => void) => time.at(chance.between(0, SCENE_MS - 1), run)
  const someone = () =>
    chance.pick([machines[0], machines[1], machines[2]].filter((one) => one !== undefined) as [Machine])
  const somePair = () => chance.pick(pairs(machines) as [[Machine, Machine]])
  let typed = 0

  // Half of the scenes have honest streams, half lose, repeat and swap frames inside them.
  wires.faults = seed % 2 === 0 ? NO_FAULTS : { drop: 0.03, duplicate: 0.05, reorder: 0.05 }
  for (const machine of machines) time.at(chance.between(0, 5_000), () => meet(machine))

  for (let index = 0; index < 30; index++)
    at(() => {
      const [a, b] = somePair()
      const [from, to] = chance.happens(0.5) ? [a, b] : [b, a]
      if (!from.conversations) return
      for (let burst = chance.pick([1, 1, 1, 2, 12]); burst > 0; burst--) {
        from.type(to, `${seed}/${typed++}`)
        count('write')
      }
    })
  for (let index = 0; index < 6; index++)
    at(() => {
      const [a, b] = somePair()
      void change(a, b, chance, count).catch((error: unknown) => {
        throw error
      })
    })
  for (let index = 0; index < 6; index++)
    at(() => {
      const [a, b] = somePair()
      if (!wires.isConnected(a.id, b.id)) return
      wires.cut(a.id, b.id)
      count('partition')
      time.at(chance.between(10, 15_000), () => wires.connect(a.id, b.id, chance.pick([RELAYED, DIRECT])))
    })
  for (let index = 0; index < 3; index++)
    at(() => {
      const [a, b] = somePair()
      if (!wires.isConnected(a.id, b.id)) return
      wires.connect(a.id, b.id, chance.pick([RELAYED, DIRECT]))
      count('path change')
    })
  for (let index = 0; index < 6; index++)
    at(() => {
      const machine = someone()
      const other = machines.find((one) => one !== machine)
      // Power goes at the worst moment: while what was just typed, or has just arrived, is being written.
      if (other && machine.conversations) machine.type(other, `${seed}/${typed++}`)
      time.at(chance.between(0, 40), () => {
        machine.crash()
        time.at(chance.between(10, 5_000), () => start(machine))
      })
    })
  for (let index = 0; index < 3; index++) at(() => void someone().disk.keepCopy())
  for (let index = 0; index < 4; index++)
    at(() => {
      const machine = someone()
      machine.crash()
      if (machine.disk.restoreCopy()) {
        count('restore')
        restored(machine)
      }
      machine.start()
      // Writes on before anybody could tell it that its log goes further: a fork, if it does.
      const other = machines.find((one) => one !== machine)
      if (other && chance.happens(0.7)) time.at(200, () => machine.type(other, `${seed}/${typed++}`))
      time.at(chance.between(400, 5_000), () => meet(machine))
    })
  at(() => {
    const machine = someone()
    machine.skewMs = chance.pick([-86_400_000, 86_400_000, -time.now, 3_600_000])
    count('clock step')
  })

  function start(machine: Machine): void {
    machine.start()
    time.at(chance.between(0, 2_000), () => meet(machine))
  }

  function meet(machine: Machine): void {
    for (const other of machines)
      if (other !== machine && machine.isRunning && other.isRunning && chance.happens(0.8))
        wires.connect(machine.id, other.id, chance.pick([RELAYED, DIRECT]))
  }
}

/** Somebody edits, deletes, reacts to or reads something; a crash in between is part of the play. */
async function change(a: Machine, b: Machine, chance: Chance, count: (kind: string) => void): Promise<void> {
  const { conversations } = a
  const messages = await a.history(b)
  const message = messages[chance.between(0, Math.max(0, messages.length - 1))]
  if (!conversations || !message || message.body.kind !== 'text') return
  const { conversation, id, isMine } = message
  await conversations.read({ conversation, upTo: id })
  const kind = chance.pick(['edit', 'delete', 'react', 'react'])
  if (kind === 'react') await conversations.react({ conversation, message: id, emoji: '👍', on: chance.happens(0.7) })
  else if (!isMine) return
  else if (kind === 'edit') await conversations.edit({ conversation, message: id, text: `${message.body.text} edited` })
  else await conversations.delete({ conversation, message: id })
  count(kind)
}

/** Lets time pass until all disks agree and nobody waits any more. */
async function settle(machines: readonly Machine[], time: ReturnType<typeof createTime>): Promise<void> {
  for (let passed = 0; passed < SETTLE_MOST_MS; passed += 1_000) {
    await time.pass(1_000)
    const isWaiting = machines.some((machine) =>
      [...(machine.conversations?.listing.rows() ?? [])].some(([, row]) => row.waiting > 0),
    )
    if (!isWaiting && pairs(machines).every(([a, b]) => shared(a, b) === shared(b, a))) return
  }
}

/** What one disk holds of the conversation with somebody. */
function shared(machine: Machine, other: Machine): string {
  return machine.disk.db
    .all<{ id: string }>(
      `SELECT hex(e.id) AS id FROM entry e JOIN conversation c ON c.key = e.conversation WHERE c.contact = ? ORDER BY e.id`,
      other.id,
    )
    .map(({ id }) => id)
    .join()
}

function audit(
  machines: readonly Machine[],
  owed: readonly { id: string; text: string; pair: readonly string[] }[],
): void {
  for (const machine of machines) auditDisk(machine.name, machine.disk.db)
  for (const [a, b] of pairs(machines)) {
    assert.equal(shared(a, b), shared(b, a), `${a.name} and ${b.name} hold different entries`)
    const rows = [a, b].map(
      (one) =>
        [...(one.conversations?.listing.rows() ?? [])].find(([, row]) => row.contact === (one === a ? b : a).id)?.[1],
    )
    assert.equal(rows[0]?.waiting ?? 0, 0, `${a.name} still waits for ${b.name}`)
    assert.equal(rows[1]?.waiting ?? 0, 0, `${b.name} still waits for ${a.name}`)
    assert.equal(rows[0]?.isForked, rows[1]?.isForked)
    assert.equal(rows[0]?.stopped, undefined)
    assert.equal(rows[1]?.stopped, undefined)
  }
  for (const { id, text, pair } of owed)
    for (const machine of machines)
      if (pair.includes(machine.name)) assert.ok(machine.entries().has(id), `${machine.name} lost "${text}"`)
}

/** Both people of every friendship see the same messages, in the same order, each once. */
async function views(machines: readonly Machine[]): Promise<void> {
  for (const [a, b] of pairs(machines)) {
    const [left, right] = [await a.history(b), await b.history(a)]
    const seen = (messages: typeof left) =>
      messages.map(({ id, body, reactions }) => JSON.stringify([id, body, reactions]))
    assert.deepEqual(seen(left), seen(right))
    assert.equal(new Set(left.map(({ id }) => id)).size, left.length)
  }
}

function pairs(machines: readonly Machine[]): [Machine, Machine][] {
  return machines.flatMap((a, index) => machines.slice(index + 1).map((b): [Machine, Machine] => [a, b]))
}
