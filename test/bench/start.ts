import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AppProcess, startApp } from '../support/app-process.ts'
import { comeIn } from '../support/loopback-process.ts'
import { openProfile, unwrapped } from '../support/messenger-process.ts'
import { type Figure, percentile } from './stats.ts'

const STARTS = 10
const IDLE_MS = 60_000

/** Process start to first push at the bridge, from the bundles, on a profile that opens by itself; memory after a minute idle. */
export async function measureStart(): Promise<readonly Figure[]> {
  const profilesDirectory = await mkdtemp(join(tmpdir(), 'sightline-bench-'))
  try {
    const first = await startApp({ profilesDirectory, profile: 'bench' })
    const { bridge, leave } = await comeIn(first.link)
    await openProfile(
      { bridge, do: async (name, input) => unwrapped(name, await bridge.ask(name, input)) },
      { name: 'Bench' },
    )
    leave()
    await first.stop()

    const times: number[] = []
    for (let start = 0; start < STARTS; start += 1) {
      const startedAt = performance.now()
      const app = await startApp({ profilesDirectory, profile: 'bench' })
      times.push((await firstPushAt(app)) - startedAt)
      await app.stop()
    }

    const idle = await startApp({ profilesDirectory, profile: 'bench' })
    const open = await comeIn(idle.link)
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
    const resident = await residentMegabytes(idle.pid)
    open.leave()
    await idle.stop()
    return [
      {
        name: 'start: process to first push, p50',
        unit: 'ms',
        value: percentile(times, 0.5),
        samples: STARTS,
        most: 1000,
      },
      { name: 'start: process to first push, worst', unit: 'ms', value: Math.max(...times), samples: STARTS },
      ...(resident === undefined
        ? []
        : [{ name: 'start: resident memory after a minute idle', unit: 'MB', value: resident, samples: 1, most: 250 }]),
    ]
  } finally {
    await rm(profilesDirectory, { recursive: true, force: true })
  }
}

/** The list of conversations: the first view only an open messenger can build. */
async function firstPushAt(app: AppProcess): Promise<number> {
  const { bridge, leave } = await comeIn(app.link)
  try {
    await new Promise<void>((resolve) => {
      bridge.watch('self', ({ rows }) => {
        if (rows.length > 0) resolve()
      })
    })
    return performance.now()
  } finally {
    leave()
  }
}

/** Resident set of a process in MB (10⁶ bytes), read from the kernel; undefined where there is no /proc. */
async function residentMegabytes(pid: number): Promise<number | undefined> {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return undefined
  const kilobytes = /VmRSS:\s+(\d+)/.exec(await readFile(file, 'utf8'))?.[1]
  return (Number(kilobytes) * 1024) / 1e6
}
