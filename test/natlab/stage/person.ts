import type { Attempt } from '../../../shared/domain/attempt.ts'
import type { Contact } from '../../../shared/domain/contact.ts'
import { NO_PATH, type Path } from '../../../shared/domain/line.ts'
import type { Relay } from '../../../shared/domain/relay.ts'
import { eventually } from '../../support/eventually.ts'
import { type LiveView, liveView } from '../../support/live-view.ts'
import { type MessengerProcess, openProfile, startMessenger } from '../../support/messenger-process.ts'
import type { Site } from '../net/lab.ts'
import { entryOf } from './programs.ts'

/** A real messenger on a machine of the lab, and what its page would see. */
export interface Person {
  readonly name: string
  readonly id: string
  readonly place: Site
  readonly messenger: MessengerProcess
  readonly do: MessengerProcess['do']
  readonly people: LiveView<Contact>
  readonly relays: LiveView<Relay>
  /** The line to a contact, as the page has it. */
  path(contact: string): Path
  /** What was tried with a contact, oldest first. */
  attempts(contact: string): readonly Attempt[]
  /** Calls at every change of the line to a contact. Returns a function that ends it. */
  onPath(contact: string, listener: (path: Path, at: number) => void): () => void
  /** Waits until this many relays hold a place. */
  hasPlaces(count: number, withinMs?: number): Promise<void>
  stop(): Promise<void>
  kill(): Promise<void>
}

export interface PersonOptions {
  readonly name: string
  readonly directory: string
  /** Addresses of relays, as if entered by hand: all that a messenger is told. */
  readonly relays: readonly string[]
  readonly settings?: { readonly relayOnly?: boolean; readonly announce?: boolean; readonly mdns?: boolean }
  /** Put in front of the messenger, behind what leads to its machine: for a build that lies. */
  readonly behind?: readonly string[]
}

/** Of every profile here: one without a passphrase cannot be locked, and locking is how somebody goes offline and comes back. */
export const PASSPHRASE = 'the lab'

// Nine messengers that start at once on two cores need most of it.
const OPEN_WITHIN_MS = 60_000
const PLACES_WITHIN_MS = 60_000

/** Starts a messenger on a machine, opens its profile, and watches what it shows. It listens as it would by itself. */
export async function startPerson(
  place: Site,
  { name, directory, relays, settings = {}, behind = [] }: PersonOptions,
): Promise<Person> {
  const through = [...place.through, ...behind]
  const messenger = await startMessenger({ directory, listen: {}, relays }, { through, entry: entryOf('messenger') })
  const { bridge } = messenger
  try {
    const session = liveView(bridge, 'session')
    await eventually(() => session.only, { withinMs: OPEN_WITHIN_MS, what: `${name} to answer` })
    session.stop()
    const { id } = await openProfile(messenger, { name, passphrase: PASSPHRASE })
    await messenger.do('settings.change', { mdns: false, ...settings })
    const people = liveView(bridge, 'people')
    const relayRows = liveView(bridge, 'relays')
    const attempts = liveView(bridge, 'attempts')
    return {
      ...{ name, id, place, messenger, people, relays: relayRows, do: messenger.do },
      path: (contact) => people.rows.get(contact)?.path ?? NO_PATH,
      attempts: (contact) =>
        [...attempts.rows.values()].filter(({ peer }) => peer === contact).sort((a, b) => a.startedAt - b.startedAt),
      onPath: (contact, listener) =>
        bridge.watch('people', ({ rows }) => {
          const at = Date.now()
          for (const [key, row] of rows) if (key === contact) listener(row.path, at)
        }),
      async hasPlaces(count, withinMs = PLACES_WITHIN_MS) {
        const held = () => [...relayRows.rows.values()].filter(({ state }) => state === 'reserved').length
        await eventually(() => held() >= count, { withinMs, what: `${name} to hold ${count} places on relays` })
      },
      stop: () => messenger.stop(),
      kill: () => messenger.kill(),
    }
  } catch (error) {
    await messenger.kill()
    throw error
  }
}
