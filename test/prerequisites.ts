import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** What the tests need beside npm: the Debian package, and a file whose presence shows that it is there. */
const NEEDED: readonly {
  readonly name: string
  readonly proof: readonly string[]
}[] = [
  { name: 'chromium', proof: ['/usr/bin/chromium'] },
  { name: 'nftables', proof: ['/usr/sbin/nft', '/sbin/nft'] },
  { name: 'iproute2', proof: ['/usr/sbin/ip', '/sbin/ip', '/bin/ip'] },
  { name: 'miniupnpd', proof: ['/usr/sbin/miniupnpd'] },
  { name: 'tcpdump', proof: ['/usr/bin/tcpdump', '/usr/sbin/tcpdump'] },
  { name: 'gcc', proof: ['/usr/bin/gcc'] },
  { name: 'libc6-dev', proof: ['/usr/include/stdlib.h'] },
]

function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/**
 * Installs what is missing when this is Debian, we are root, and nobody would be surprised (CI, `--install`, or no terminal).
 * Otherwise returns the one line a person should run; `undefined` = everything is there.
 */
export function installPrerequisites(wasAsked: boolean): string | undefined {
  const missing = NEEDED.filter(({ proof }) => !proof.some((file) => existsSync(file))).map(({ name }) => name)
  if (missing.length === 0) return undefined
  const line = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`
  const mayInstall = wasAsked || process.env['CI'] !== undefined || !process.stdin.isTTY
  if (!isDebian() || process.getuid?.() !== 0 || !mayInstall) return line
  console.log(`installing ${missing.join(' ')}`)
  const run = spawnSync('sh', ['-c', line], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 600_000,
  })
  if (run.status === 0) return undefined
  console.error(String(run.stderr).slice(-2000))
  return line
}
