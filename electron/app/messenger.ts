import type { Listing } from '../../shared/domain/listing.ts'
import type { Relay } from '../../shared/domain/relay.ts'
import { type Conversations, createConversations } from '../messaging/conversations/conversations.ts'
import { openBook } from '../messaging/people/book.ts'
import { cleanName } from '../messaging/people/names.ts'
import { createPeople, type People } from '../messaging/people/people.ts'
import { createNetwork } from '../network/create-network.ts'
import type { Network, NetworkOptions } from '../network/network.ts'
import type { CommandWhileOpen, Handlers } from './answer.ts'
import { conversationHandlers } from './handlers/conversations.ts'
import { networkHandlers } from './handlers/network.ts'
import { peopleHandlers } from './handlers/people.ts'
import type { Log } from './log.ts'
import { openRelays } from './relays.ts'
import { selfView } from './self.ts'
import type { SessionParts, Stoppable } from './session.ts'
import { networkSettings, openSettings, type SettingsBook } from './settings.ts'
import { type Hear, single, type ViewSources } from './views.ts'

export interface MessengerOptions extends SessionParts {
  readonly log: Log
  readonly listen?: NonNullable<NetworkOptions['listen']>
  /** Multiaddrs of relays to know from the start, as if entered by hand. */
  readonly relays?: readonly string[]
}

/** A running messenger: what it can do, what it shows, and its end. */
export interface Messenger extends Stoppable {
  readonly handlers: Handlers<CommandWhileOpen>
  readonly views: ViewSources
  readonly hear: Hear
}

/** A part that does not stop in this time is left behind: the database has to be closed within the time a stop may take. */
const STOP_PART_WITHIN_MS = 1200

/** Puts storage, network and messaging together. Starts in order; stops in reverse. */
export async function createMessenger(options: MessengerOptions): Promise<Messenger> {
  const { storage, seed, log, signal, listen } = options
  const stops: (() => Promise<void> | void)[] = []
  const stop = () => stopAll(stops.splice(0).reverse(), log)
  try {
    const settings = await openSettings(storage, log)
    const book = await openBook(storage, settings.now)
    const name = (await storage.request('profile.read'))?.name ?? ''
    const network = createNetwork({
      seed,
      trust: book.trust,
      settings: networkSettings(settings.now()),
      log,
      ...(listen === undefined ? {} : { listen }),
    })
    stops.push(() => network.stop())

    const people = await createPeople({ book, network, storage, seed, name, settings: settings.now, log })
    const conversations = await createConversations({ network, people, storage, seed, settings: settings.now, log })
    const relays = await openRelays({
      storage,
      candidates: people.relayCandidates,
      onChange: () => network.setRelays(relays.known()),
    })
    for (const address of options.relays ?? []) {
      const added = await relays.add(address)
      if (!added.ok) log('relay of the command line was refused', { code: added.failure.code })
    }
    stops.push(
      settings.onChange(() => {
        network.setSettings(networkSettings(settings.now()))
        people.settingsChanged()
        conversations.settingsChanged()
      }),
      people.onRelayCandidates(() => network.setRelays(relays.known())),
    )

    signal.throwIfAborted()
    stops.push(() => people.stop())
    await people.start()
    stops.push(() => conversations.stop())
    await conversations.start()
    network.setRelays(relays.known())
    await network.start()
    signal.throwIfAborted()
    log('messenger started', { peer: network.self })
    return {
      handlers: {
        ...peopleHandlers(people),
        ...conversationHandlers(conversations),
        ...networkHandlers({ network, relays, settings }),
      },
      views: viewSources({ network, people, conversations, settings }),
      hear: conversations.hear,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function viewSources({
  network,
  people,
  conversations,
  settings,
}: {
  readonly network: Network
  readonly people: People
  readonly conversations: Conversations
  readonly settings: SettingsBook
}): ViewSources {
  const relays = withCleanNames(network.relays)
  const self = () =>
    selfView({
      id: network.self,
      name: people.name,
      relays: [...relays.rows()].map(([, relay]) => relay),
      report: network.report(),
      relayPath: network.path,
    })
  return {
    self: single(self, anyOf(network.onOwnChange, network.relays.onChange, people.contacts.onChange)),
    settings: single(settings.now, settings.onChange),
    people: people.contacts,
    nearby: people.nearby,
    invites: people.invites,
    conversations: conversations.listing,
    peers: network.peers,
    relays,
    network: single(network.report, network.onOwnChange),
    attempts: network.attempts,
  }
}

/** Relays choose their own names, as people do. */
function withCleanNames(relays: Listing<Relay>): Listing<Relay> {
  return {
    *rows() {
      for (const [id, { name, ...relay }] of relays.rows()) {
        const clean = cleanName(name ?? '')
        yield [id, clean === '' ? relay : { ...relay, name: clean }] as const
      }
    },
    onChange: relays.onChange,
  }
}

/** Hears of a change from any of these. */
function anyOf(...sources: readonly ((listener: () => void) => () => void)[]) {
  return (listener: () => void) => {
    const ends = sources.map((listen) => listen(listener))
    return () => {
      for (const end of ends) end()
    }
  }
}

async function stopAll(stops: readonly (() => Promise<void> | void)[], log: Log): Promise<void> {
  for (const stop of stops) {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        log('part of the messenger stopped too slowly', { withinMs: STOP_PART_WITHIN_MS })
        resolve()
      }, STOP_PART_WITHIN_MS)
    })
    try {
      await Promise.race([stop(), late])
    } catch (error) {
      log('part of the messenger failed to stop', { error })
    } finally {
      clearTimeout(timer)
    }
  }
}
