import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** A system and a processor we pack for, in Node's words. */
export interface Target {
  readonly platform: 'linux' | 'win32' | 'darwin'
  readonly arch: 'x64' | 'arm64'
}

/** A package that stays a package, because it is native code: everything else is in the bundles. */
export interface NativePackage {
  readonly name: string
  /** The files that run, below the package's folder. */
  readonly files: readonly string[]
  /** The package whose licence file speaks for this one, when it has none of its own. */
  readonly licenceFrom: string
}

const LIBC = { linux: '-gnu', win32: '-msvc', darwin: '' }

/** What has to be packed for a system. Throws a sentence for a person when npm has not installed it here. */
export function nativePackages(root: string, { platform, arch }: Target): NativePackage[] {
  const sqlite = 'better-sqlite3-multiple-ciphers'
  const folder = (name: string) => join(root, 'node_modules', name)
  const scripts = readdirSync(join(folder(sqlite), 'lib'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    // lib/linux-x64.js and the like are doors for bundlers; nothing opens them.
    .filter((file) => file.endsWith('.js') && !/^(linux|linuxmusl|darwin|win32)-/.test(file))
    .map((file) => `lib/${file}`)
  const named = [
    [`@chainsafe/libp2p-quic-${platform}-${arch}${LIBC[platform]}`, '@chainsafe/libp2p-quic'],
    // Apple's packages of node-datachannel carry no ending, like those of QUIC.
    [`@node-datachannel/${platform}-${arch}${LIBC[platform]}`, 'node-datachannel'],
  ] as const
  const missing = named.map(([name]) => name).filter((name) => !existsSync(folder(name)))
  if (missing.length > 0)
    throw new Error(
      `${missing.join(' and ')} not installed: npm installs native code for the machine it runs on. Pack for ${platform}-${arch} on such a machine.`,
    )
  return [
    {
      name: sqlite,
      files: ['package.json', 'LICENSE', ...scripts, `prebuilds/${platform}-${arch}.node`],
      licenceFrom: sqlite,
    },
    ...named.map(([name, licenceFrom]) => ({
      name,
      files: ['package.json', ...readdirSync(folder(name)).filter((file) => file.endsWith('.node'))],
      licenceFrom,
    })),
  ]
}
