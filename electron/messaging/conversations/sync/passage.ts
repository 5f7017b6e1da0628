import { isConnected, isRelayed, type Path } from '../../../../shared/domain/line.ts'
import type { Passage } from '../../../../shared/domain/message.ts'

/** What is kept of a path with an entry that takes it; nothing where the path is not known any more. */
export function passageOf({ line, transport }: Path): Passage | undefined {
  if (!isConnected(line)) return undefined
  return {
    line: line.kind,
    ...(transport === undefined ? {} : { transport }),
    ...(isRelayed(line) ? { relay: line.relay } : {}),
  }
}
