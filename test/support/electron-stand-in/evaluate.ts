import { makeClone } from './clone.ts'

/** A function of a test, as text, and what it is given. */
export interface Evaluation {
  readonly id: number
  readonly run: string
  readonly given: string
}
export type Evaluated =
  | { readonly id: number; readonly value: string }
  | { readonly id: number; readonly error: string }

const clone = makeClone()

/** Runs the functions of a test in this process, and ends with the test. */
export function answerEvaluations(electron: object): void {
  process.on('message', (message: Evaluation) => void answer(message))
  process.on('disconnect', () => process.exit(1))

  async function answer({ id, run, given }: Evaluation): Promise<void> {
    let evaluated: Evaluated
    try {
      // biome-ignore lint/security/noGlobalEval: the text comes from the test that started this process.
      const use: (electron: object, given: unknown) => unknown = globalThis.eval(`(${run})`)
      evaluated = { id, value: clone.encode(structuredClone(await use(electron, clone.decode(given)))) }
    } catch (error) {
      evaluated = { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }
    process.send?.(evaluated)
  }
}
