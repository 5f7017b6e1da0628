import { randomBytes } from 'node:crypto'
import type * as z from 'zod/mini'
import { type CommandInput, type CommandName, type CommandOutput, commands } from '../../shared/contract/commands.ts'
import { type Failure, failure } from '../../shared/contract/failures.ts'
import { err, type Result } from '../../shared/result.ts'
import { StorageError } from '../storage/failure.ts'
import { createBudget } from './budget.ts'
import type { Log } from './log.ts'

/** Does what one command asks. Expected failures are returned (or thrown as StorageError); anything else it throws is a bug. */
type Handler<Name extends CommandName> = (input: CommandInput<Name>) => Promise<Result<CommandOutput<Name>, Failure>>

/** Commands that answer whatever state the profile is in. */
export const commandsWhileLocked = [
  'profile.create',
  'profile.unlock',
  'profile.lock',
  'profile.restoreCopy',
  'profile.changePassphrase',
  'app.quit',
  'arrival.taken',
] as const
export type CommandWhileLocked = (typeof commandsWhileLocked)[number]
export type CommandWhileOpen = Exclude<CommandName, CommandWhileLocked>

/** One handler for each of these commands: a missing one is a compile error. */
export type Handlers<Names extends CommandName> = { readonly [Name in Names]: Handler<Name> }

/** Runs one command for an untrusted caller. Never throws, whatever it is given. */
export type Answer = (name: unknown, input: unknown) => Promise<Result<unknown, Failure>>

export interface AnswerOptions {
  readonly always: Handlers<CommandWhileLocked>
  /** The messenger's handlers, or why there are none now. */
  readonly whileOpen: () => Result<Handlers<CommandWhileOpen>, Failure>
  readonly log: Log
  readonly nowMs?: () => number
}

/**
 * These make the machine dial or compute on behalf of whoever calls. A person does them a few times a minute;
 * a page gone wrong must not turn the messenger into a port scanner or a furnace.
 */
const SCARCE: ReadonlySet<CommandName> = new Set([
  'contact.add',
  'contact.ask',
  'relay.add',
  'network.retry',
  'profile.create',
  'profile.unlock',
  'profile.restoreCopy',
  'profile.changePassphrase',
])
const SCARCE_BURST = 60
const SCARCE_PER_SECOND = 1

/** The one door through which windows, tests and the lab reach the messenger: name, input, state and rate are checked here. */
export function createAnswer({ always, whileOpen, log, nowMs = () => performance.now() }: AnswerOptions): Answer {
  const scarce = createBudget({ perSecond: SCARCE_PER_SECOND, burst: SCARCE_BURST, nowMs })

  return async (name, input) => {
    if (!isCommandName(name)) return err(failure('invalid-input', { field: 'command' }))
    try {
      const parsed = commands[name].input.safeParse(input)
      if (!parsed.success) return err(whatIsWrong(parsed.error))
      const handlers = isCommandWhileLocked(name) ? { ok: true as const, value: always } : whileOpen()
      if (!handlers.ok) return handlers
      if (SCARCE.has(name) && !scarce.take()) return err(failure('too-many'))
      // The schema of this very name accepted the input; TypeScript cannot follow the pair through the table.
      const handler = (
        handlers.value as Partial<Record<CommandName, (input: unknown) => Promise<Result<unknown, Failure>>>>
      )[name]
      if (handler === undefined) throw new Error(`no handler for ${name}`)
      return await handler(parsed.data)
    } catch (error) {
      // A full disk can meet any command; it is no bug.
      if (error instanceof StorageError) return err(error.failure)
      const incident = randomBytes(4).toString('hex')
      log('command failed by a bug', { command: name, incident, error })
      return err(failure('internal', { incident }))
    }
  }
}

const isCommandName = (name: unknown): name is CommandName => typeof name === 'string' && Object.hasOwn(commands, name)

function isCommandWhileLocked(name: CommandName): name is CommandWhileLocked {
  return commandsWhileLocked.some((other) => other === name)
}

/** Turns what the parser found into the failure a person can act upon. */
function whatIsWrong(error: z.core.$ZodError): Failure {
  const issue = error.issues[0]
  const field = issue?.path[0]
  const where = typeof field === 'string' ? { field } : {}
  if (issue?.code === 'too_big' && issue.origin === 'string') {
    return failure('too-long', { ...where, limit: Number(issue.maximum), unit: 'characters' })
  }
  return failure('invalid-input', where)
}
