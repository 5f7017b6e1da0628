import { readdirSync, readFileSync } from 'node:fs'

/** In the environment of everything a run starts, so that what it leaves behind can be found. */
export const RUN_MARK = 'SIGHTLINE_TEST_RUN'

/** Processes that carry the mark of this run and still live, ourselves excepted. Linux only; elsewhere empty. */
export function leftovers(run: string): { readonly pid: number; readonly command: string }[] {
  const marked = `${RUN_MARK}=${run}`
  return processIds()
    .filter((pid) => pid !== process.pid && read(`/proc/${pid}/environ`).split('\0').includes(marked))
    .map((pid) => ({ pid, command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() }))
    .filter(({ command }) => command !== '')
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}

/** A process may end between two looks; then there is nothing to read. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
