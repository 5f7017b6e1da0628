import { failure } from '../../../shared/contract/failures.ts'
import { err, ok } from '../../../shared/result.ts'
import type { CommandWhileLocked, Handlers } from '../answer.ts'
import type { Session, Stoppable } from '../session.ts'

/** What can be asked whatever state the profile is in. */
export function sessionHandlers({
  session,
  onQuit,
  onTaken,
}: {
  readonly session: Pick<Session<Stoppable>, 'create' | 'unlock' | 'lock' | 'restoreCopy' | 'changePassphrase'>
  readonly onQuit: () => void
  readonly onTaken: (arrival: string) => boolean
}): Handlers<CommandWhileLocked> {
  return {
    'profile.create': ({ passphrase }) => session.create(passphrase),
    'profile.unlock': ({ passphrase }) => session.unlock(passphrase),
    'profile.lock': () => session.lock(),
    'profile.restoreCopy': ({ passphrase }) => session.restoreCopy(passphrase),
    'profile.changePassphrase': ({ current, next }) => session.changePassphrase(current, next),
    'app.quit': async () => {
      // The answer goes out first.
      setImmediate(onQuit)
      return ok(null)
    },
    'arrival.taken': async ({ id }) => (onTaken(id) ? ok(null) : err(failure('not-found'))),
  }
}
