import type { Conversations } from '../../../electron/messaging/conversations/conversations.ts'
import { createConversations } from '../../../electron/messaging/conversations/conversations.ts'
import { directConversationId } from '../../../electron/messaging/conversations/log/conversation-id.ts'
import { peerIdOfSeed } from '../../../electron/messaging/wire/signing.ts'
import type { Message } from '../../../shared/domain/message.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { createFakePeople } from '../../support/conversers.ts'
import type { Audited, Auditor } from './auditor.ts'
import { createDisk, type Disk } from './disk.ts'
import { type Chance, createMachineClock, type Time } from './time.ts'
import type { Wires } from './wires.ts'

/** One person's computer: it starts, crashes, loses its disk to an old copy, and starts again. */
export interface Machine extends Audited {
  readonly id: PeerId
  readonly disk: Disk
  readonly isRunning: boolean
  start(): void
  crash(): void
  /** Nothing, while it is starting. */
  readonly conversations: Conversations | undefined
  /** Types a text to somebody; the auditor hears of it when it is answered. */
  type(other: Machine, text: string): void
  history(other: Machine): Promise<readonly Message[]>
  /** Hex of the instance that its disk would write under next. */
  instance(): string
  skewMs: number
  readonly problems: readonly string[]
}

interface Options {
  readonly number: number
  readonly name: string
  readonly folder: string
  readonly template: string
  readonly time: Time
  readonly chance: Chance
  readonly wires: Wires
  readonly auditor: Auditor
  count(kind: string): void
  others(): readonly Machine[]
}

interface Run {
  conversations?: Conversations
  readonly clock: ReturnType<typeof createMachineClock>
}

export function createMachine(options: Options): Machine {
  const { number, name, folder, template, time, chance, wires, auditor, count, others } = options
  const seed = new Uint8Array(32).fill(number)
  const id = peerIdOfSeed(seed)
  const disk = createDisk({ folder, name, template, time, chance, synced: (ids) => auditor.synced(name, ids) })
  const instance = chance.bytes(16)
  disk.db.run('INSERT INTO profile VALUES (1, ?, ?, ?, 1)', seed, instance, name)
  const problems: string[] = []
  let running: Run | undefined

  const machine: Machine = {
    ...{ id, name, disk, problems, skewMs: 0, entries: disk.entries },
    instance: () =>
      disk.db.one<{ instance: string }>('SELECT lower(hex(instance)) AS instance FROM profile')?.instance ?? '',
    get isRunning() {
      return running !== undefined
    },
    get conversations() {
      return running?.conversations
    },
    start() {
      if (running) return
      const clock = createMachineClock(time)
      clock.skewMs = machine.skewMs
      const now: Run = { clock }
      running = now
      const people = createFakePeople()
      for (const other of others()) if (other.id !== id) people.set(other.id, 'mutual')
      createConversations({
        ...{ network: wires.plug(id), storage: disk.mount(), seed, people, clock },
        settings: () => ({ tellRead: true, tellTyping: true }),
        randomBytes: (length) => chance.bytes(length),
        random: chance.next,
        log: (event, fields) => {
          if (event === 'conversation work failed') problems.push(`${name}: ${event} ${JSON.stringify(fields)}`)
        },
      })
        .then(async (conversations) => {
          if (running !== now) return
          now.conversations = conversations
          for (const other of others())
            if (other.id !== id)
              conversations.hear(directConversationId(id, other.id), ({ messages }) => {
                if (running !== now) return
                for (const message of messages)
                  if (message.delivery === 'delivered' || message.delivery === 'read')
                    auditor.showsDelivered(message.id, other.name)
              })
          await conversations.start()
        })
        .catch((error: unknown) => problems.push(`${name}: ${String(error)}`))
    },
    crash() {
      if (!running) return
      running.clock.stop()
      running = undefined
      wires.unplug(id)
      const kind = disk.crash()
      count('crash')
      if (kind !== 'quiet') count(`transaction ${kind}`)
    },
    type(other, text) {
      const now = running
      const conversations = now?.conversations
      if (!conversations) return
      const conversation = directConversationId(id, other.id)
      const work = async () => {
        const opened = await conversations.open({ contact: other.id })
        if (!opened.ok) throw new Error(opened.failure.code)
        const sent = await conversations.send({ conversation, text })
        if (!sent.ok) throw new Error(sent.failure.code)
        if (running === now) auditor.wrote(machine, sent.value.message, text, other.name)
      }
      work().catch((error: unknown) => problems.push(`${name}: ${String(error)}`))
    },
    async history(other) {
      const { conversations } = machine
      if (!conversations) return []
      const conversation = directConversationId(id, other.id)
      const messages: Message[] = []
      let before: Message['order'] | undefined
      do {
        const page = await conversations.history({ conversation, limit: 50, ...(before ? { before } : {}) })
        if (!page.ok) throw new Error(page.failure.code)
        messages.unshift(...page.value.messages)
        before = page.value.before
      } while (before)
      return messages
    },
  }
  return machine
}
