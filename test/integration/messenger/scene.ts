import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Delivery, Message } from '../../../shared/domain/message.ts'
import { eventually } from '../../support/eventually.ts'
import { introduce } from '../../support/introduce.ts'
import { type MessengerProcess, openProfile, startMessenger } from '../../support/messenger-process.ts'
import { portsOf, type RelayProcess, startRelay } from '../../support/relay-process.ts'

/** A relay and some people around it, each in a process of their own. Ends and removes everything with the test. */
export interface Scene {
  readonly directory: string
  relay(): RelayProcess
  /** Ends the relay, if it still runs, and starts it again in the same place. */
  restartRelay(): Promise<void>
  /** Starts somebody: the same name is the same profile. Relay-only, so that no line but the relayed one can carry anything. */
  start(name: string): Promise<MessengerProcess>
  befriend(a: MessengerProcess, b: MessengerProcess): Promise<{ readonly conversation: string }>
  /** Waits until exactly these texts stand in the conversation, in this order. */
  expectTexts(who: MessengerProcess, conversation: string, texts: readonly string[], withinMs?: number): Promise<void>
  /** Waits until every own message has come at least this far. */
  expectDelivery(who: MessengerProcess, conversation: string, delivery: Delivery): Promise<void>
}

export async function createScene(t: TestContext, relayArgs: readonly string[] = []): Promise<Scene> {
  const directory = mkdtempSync(join(tmpdir(), 'sightline-scene-'))
  const dataDir = join(directory, 'relay')
  let relay = await startRelay({ dataDir, args: relayArgs })
  const running = new Set<MessengerProcess>()
  t.after(async () => {
    await Promise.all([...running].map((messenger) => messenger.kill()))
    await relay.kill()
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
  })
  const [address] = relay.addresses
  assert.ok(address)
  return {
    directory,
    relay: () => relay,
    async restartRelay() {
      await relay.kill()
      relay = await startRelay({ dataDir, args: [...relayArgs, ...portsOf(relay)] })
    },
    async start(name) {
      const isNew = !existsSync(join(directory, name, 'keys.json'))
      const messenger = await startMessenger({ directory: join(directory, name), relays: [address] })
      running.add(messenger)
      await openProfile(messenger, isNew ? { name } : {})
      if (isNew) await messenger.do('settings.change', { relayOnly: true, mdns: false, portMapping: false })
      return messenger
    },
    async befriend(a, b) {
      const { conversation } = await introduce(a, b, ['relayed'])
      const people = await b.do('contact.preview', {
        link: (await a.do('invite.create', { withDirectAddresses: false })).link,
      })
      await b.do('conversation.open', { contact: people.id })
      return { conversation }
    },
    async expectTexts(who, conversation, texts, withinMs = 10_000) {
      await eventually(
        async () => {
          assert.deepEqual((await history(who, conversation)).map(textOf), texts)
          return true
        },
        { withinMs, what: `${texts.length} texts`, everyMs: 50 },
      )
    },
    async expectDelivery(who, conversation, delivery) {
      const reached = LADDER.slice(LADDER.indexOf(delivery))
      await eventually(
        async () => {
          const own = (await history(who, conversation)).filter(({ isMine }) => isMine)
          return (
            own.length > 0 &&
            own.every((message) => message.delivery !== undefined && reached.includes(message.delivery))
          )
        },
        { what: `everything ${delivery}`, everyMs: 50 },
      )
    },
  }
}

const LADDER: readonly Delivery[] = ['written', 'sent', 'delivered', 'read']

/** A whole conversation, oldest first. */
export async function history(who: MessengerProcess, conversation: string): Promise<Message[]> {
  const messages: Message[] = []
  let page = await who.do('message.history', { conversation, limit: 200 })
  messages.unshift(...page.messages)
  while (page.before !== undefined) {
    page = await who.do('message.history', { conversation, limit: 200, before: page.before })
    messages.unshift(...page.messages)
  }
  return messages
}

export const textOf = ({ body }: Message): string => (body.kind === 'text' ? body.text : `(${body.kind})`)
