import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { THEMES } from '../../../shared/domain/settings.ts'
import type { Log } from '../../app/log.ts'

const pixels = z.int().check(z.minimum(-100_000), z.maximum(100_000))
const size = z.int().check(z.minimum(1), z.maximum(100_000))

const remembered = z.object({
  /** Where the window stood when it was neither maximised nor minimised. */
  bounds: z.optional(z.object({ x: pixels, y: pixels, width: size, height: size })),
  isMaximized: z.optional(z.boolean()),
  /** The person was told once that closing leaves Sightline in the tray. */
  toldOfTray: z.optional(z.boolean()),
  /** The chosen theme: the window opens in it before the profile, and its settings, are open. */
  theme: z.optional(z.enum(THEMES)),
})

/** What the shell remembers of itself from one start to the next. Nothing of it is personal. */
export type Remembered = z.infer<typeof remembered>

/** The file `window.json` of a profile, kept in memory. */
export interface ShellMemory {
  now(): Remembered
  /** Writes the file; one that cannot be written costs the place of a window, and is logged. */
  change(more: Remembered): void
}

/** The file is small; more than this is not ours. */
const FILE_MAX_BYTES = 4096

/** Reads the file; junk in it counts as nothing. */
export function openShellMemory({ directory, log }: { readonly directory: string; readonly log: Log }): ShellMemory {
  const file = join(directory, 'window.json')
  let known = read(file)
  return {
    now: () => known,
    change(more) {
      known = { ...known, ...more }
      const made = `${file}.${process.pid}.new`
      try {
        // Renamed into its place, so that it is never half written. It is not waited for until the disk has it: after
        // a power cut the window opens where windows open.
        writeFileSync(made, JSON.stringify(known), { mode: 0o600 })
        renameSync(made, file)
      } catch (error) {
        rmSync(made, { force: true })
        log('window place could not be written', { error })
      }
    },
  }
}

function read(file: string): Remembered {
  try {
    const text = readFileSync(file, 'utf8')
    if (text.length > FILE_MAX_BYTES) return {}
    const parsed = remembered.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : {}
  } catch {
    // Not there yet, or not JSON.
    return {}
  }
}
