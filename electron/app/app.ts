import { failure } from '../../shared/contract/failures.ts'
import type { Shell } from '../../shared/contract/views.ts'
import { err, ok } from '../../shared/result.ts'
import { createAnswer } from './answer.ts'
import { createArrivals, type NewArrival } from './arrivals.ts'
import { type Caller, type CallerLine, serve } from './caller.ts'
import { sessionHandlers } from './handlers/session.ts'
import type { SecretBox } from './keys/secret-box.ts'
import type { Log } from './log.ts'
import { createMessenger, type Messenger, type MessengerOptions } from './messenger.ts'
import { createSession, type SessionOptions } from './session.ts'
import { createViews, single, type ViewSources } from './views.ts'

export interface AppOptions extends Pick<MessengerOptions, 'listen' | 'relays'> {
  /** The profile's folder. */
  readonly directory: string
  /** What the window is told about where it runs. */
  readonly shell: Shell
  readonly log: Log
  /** The system's keyring, where this shell can reach one. */
  readonly secretBox?: SecretBox
  /** Somebody asked the messenger to end. */
  readonly onQuit: () => void
  /** Tests and benchmarks. */
  readonly storage?: NonNullable<SessionOptions<Messenger>['storage']>
  readonly argon2Cost?: NonNullable<SessionOptions<Messenger>['argon2Cost']>
}

/** One profile with its contract, without a window: every shell puts its callers in front of this. */
export interface App {
  /** Speaks the contract with one caller. */
  serve(line: CallerLine): Caller
  /** Something reached the app from outside the window; kept until a window has shown it. */
  arrive(arrival: NewArrival): void
  /** The shell learned more of what it can do. */
  shellIs(more: Partial<Shell>): void
  /** Ends the messenger. Resolves when the profile is free for another process. */
  stop(): Promise<void>
}

/** Puts session, messenger, answer and views together. Answers from the first millisecond. */
export function createApp(options: AppOptions): App {
  const { directory, log, onQuit } = options
  const session = createSession<Messenger>({
    directory,
    log,
    open: (parts) => createMessenger({ ...parts, ...listenAndRelays(options), log }),
    ...(options.secretBox === undefined ? {} : { secretBox: options.secretBox }),
    ...(options.storage === undefined ? {} : { storage: options.storage }),
    ...(options.argon2Cost === undefined ? {} : { argon2Cost: options.argon2Cost }),
  })
  const views = createViews({ log })
  const arrivals = createArrivals()
  let shell = options.shell
  let shellChanged: () => void = () => undefined
  views.setSources({
    session: single(session.state, session.onChange),
    shell: single(
      () => shell,
      (listener) => {
        shellChanged = listener
        return () => undefined
      },
    ),
    arrivals: arrivals.listing,
  })

  let shown: Messenger | undefined
  const showMessenger = () => {
    const messenger = session.messenger()
    if (messenger === shown) return
    // What is gone is taken away, so that a locked window holds nothing of the profile.
    if (shown !== undefined) views.setSources(emptied(shown.views))
    shown = messenger
    if (messenger !== undefined) views.setSources(messenger.views)
    views.setHear(messenger?.hear)
  }
  const endListening = session.onChange(showMessenger)

  const answer = createAnswer({
    always: sessionHandlers({ session, onQuit, onTaken: arrivals.taken }),
    whileOpen() {
      const messenger = session.messenger()
      return messenger === undefined ? err(failure('locked')) : ok(messenger.handlers)
    },
    log,
  })

  return {
    serve: (line) => serve({ answer, views }, line),
    arrive: arrivals.add,
    shellIs(more) {
      shell = { ...shell, ...more }
      shellChanged()
    },
    async stop() {
      await session.stop()
      endListening()
      views.stop()
    },
  }
}

/** Optional fields that are absent stay absent. */
function listenAndRelays({ listen, relays }: AppOptions): Pick<MessengerOptions, 'listen' | 'relays'> {
  return { ...(listen === undefined ? {} : { listen }), ...(relays === undefined ? {} : { relays }) }
}

const emptied = (sources: ViewSources): Record<keyof ViewSources, undefined> =>
  // The keys are exactly those of the sources.
  Object.fromEntries(Object.keys(sources).map((name) => [name, undefined])) as Record<keyof ViewSources, undefined>
