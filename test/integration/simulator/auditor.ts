import assert from 'node:assert/strict'
import { entryId } from '../../../electron/messaging/conversations/log/entry.ts'
import { verify } from '../../../electron/messaging/wire/signing.ts'
import type { Database } from '../../../electron/storage/driver.ts'

/** One machine as the auditor sees it: from outside, by name. */
export interface Audited {
  readonly name: string
  /** Ids on its disk now. */
  entries(): ReadonlySet<string>
}

/**
 * Knows what people typed, what they were promised and what lay on which disk when, and holds it against the replicas.
 * It shares nothing with the code under test but the entry format.
 */
export interface Auditor {
  /** A send was answered: the promise that the message is durable here. */
  wrote(machine: Audited, id: string, text: string, other: string): void
  /** A commit of this machine is on disk. */
  synced(name: string, ids: readonly string[]): void
  /** This machine shows its message as delivered: the promise that the other one holds it. */
  showsDelivered(id: string, other: string): void
  /** An old copy took the place of a disk: what lay only there is excused. */
  restored(all: readonly Audited[]): void
  /** Everything that was written and must be on all disks of its conversation in the end. */
  owed(): readonly { readonly id: string; readonly text: string; readonly pair: readonly string[] }[]
}

export function createAuditor(): Auditor {
  const written = new Map<string, { text: string; pair: readonly string[] }>()
  const everHeld = new Map<string, Set<string>>()
  const excused = new Set<string>()
  return {
    wrote(machine, id, text, other) {
      assert.ok(machine.entries().has(id), `${machine.name} was told that "${text}" is durable, and it is not`)
      assert.ok(!written.has(id), 'two messages have one id')
      written.set(id, { text, pair: [machine.name, other] })
    },
    synced(name, ids) {
      const held = everHeld.get(name) ?? new Set()
      for (const id of ids) held.add(id)
      everHeld.set(name, held)
    },
    showsDelivered(id, other) {
      assert.ok(everHeld.get(other)?.has(id), `a message is shown as delivered that ${other} never had on disk`)
    },
    restored(all) {
      const held = all.map((machine) => machine.entries())
      for (const id of written.keys()) if (!held.some((ids) => ids.has(id))) excused.add(id)
    },
    owed: () => [...written].filter(([id]) => !excused.has(id)).map(([id, one]) => ({ id, ...one })),
  }
}

/** Every log on a disk is a chain (or tree, when forked) of entries that hash and verify. Returns whether one is forked. */
export function auditDisk(name: string, db: Database): void {
  const rows = db.all<{
    id: Uint8Array
    log: number
    author: string
    seq: number
    lamport: number
    previous: Uint8Array
    bytes: Uint8Array
    signature: Uint8Array
  }>(
    `SELECT e.id, e.log, l.author, e.seq, e.lamport, e.previous, e.bytes, e.signature
     FROM entry e JOIN log l ON l.key = e.log`,
  )
  const byId = new Map(rows.map((row) => [Buffer.from(row.id).toString('hex'), row]))
  for (const [id, row] of byId) {
    assert.equal(entryId(row.bytes), id, `${name} holds an entry under a wrong id`)
    assert.ok(verify('entry', row.bytes, row.signature, row.author), `${name} holds an entry nobody signed`)
    const parent = byId.get(Buffer.from(row.previous).toString('hex'))
    if (row.seq === 1) continue
    assert.ok(parent, `${name} holds an entry without the one before it`)
    assert.equal(parent.seq, row.seq - 1)
    assert.equal(parent.log, row.log)
    assert.ok(parent.lamport < row.lamport)
  }
}
