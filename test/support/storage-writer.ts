import { openStorage } from '../../electron/storage/database.ts'

// Writes numbers into a database until it is killed, and prints each once it is acknowledged. Started by tests:
// storage-writer.ts <path> new|existing

const [path = '', source] = process.argv.slice(2)
const storage = await openStorage({
  path,
  key: new Uint8Array(32).fill(7),
  source: source === 'new' ? 'new' : 'existing',
  // Copies are made all the time, so that some deaths fall into one.
  keepCopyAfterMs: 1,
})
process.stdout.write('open\n')
for (;;) {
  const numbers = await Promise.all(Array.from({ length: 7 }, () => storage.request('profile.nextNumber', 'n')))
  process.stdout.write(`${numbers.join('\n')}\n`)
}
