import { useState } from 'react'
import type { CommandInput, CommandName, CommandOutput } from '../shared/contract/commands.ts'
import type { Failure } from '../shared/contract/failures.ts'
import { failure } from '../shared/contract/failures.ts'
import { err, type Result } from '../shared/result.ts'
import { windowBridge } from './bridge.ts'

/** The one bridge of this window. */
export const bridge = windowBridge()

/** Asks the messenger. Never throws: a broken bridge answers `internal`. */
export async function ask<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
): Promise<Result<CommandOutput<Name>, Failure>> {
  try {
    return await bridge.ask(name, input)
  } catch {
    return err(failure('internal'))
  }
}

/** One thing a person does that may take a moment and may fail: what runs, and what came of it. */
export interface Doing {
  readonly isBusy: boolean
  readonly failure: Failure | undefined
  readonly clear: () => void
  /** Asks; answers the value, or `undefined` after a failure, which is then in `failure`. */
  readonly run: <Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
  ) => Promise<{ readonly value: CommandOutput<Name> } | undefined>
  readonly fail: (failure: Failure) => void
}

/** Keeps the state of asking for a form or a button. */
export function useDoing(): Doing {
  const [isBusy, setIsBusy] = useState(false)
  const [failed, setFailed] = useState<Failure>()
  return {
    isBusy,
    failure: failed,
    clear: () => setFailed(undefined),
    fail: setFailed,
    run: async (name, input) => {
      setIsBusy(true)
      setFailed(undefined)
      const result = await ask(name, input)
      setIsBusy(false)
      if (result.ok) return { value: result.value }
      setFailed(result.failure)
      return undefined
    },
  }
}
