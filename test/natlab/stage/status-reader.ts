// Runs beside a relay, in its network: for each line on standard input it reads the relay's counters, which are on
// loopback there, and prints them as one line; `null` where the relay does not answer. Argument: the URL.
import { createInterface } from 'node:readline'

const READ_WITHIN_MS = 10_000
const url = process.argv[2] ?? ''

const lines = createInterface({ input: process.stdin })
lines.on('line', async () => {
  process.stdout.write(`${await read()}\n`)
})
// Whoever started it is gone.
lines.on('close', () => process.exit(0))

async function read(): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(READ_WITHIN_MS) })
    return (await response.text()).trim()
  } catch {
    return 'null'
  }
}
