// First: the certificate code under TLS needs it, and a bundler runs CommonJS modules later than the ES modules that import them.
import './reflect.ts'
import { noise } from '@chainsafe/libp2p-noise'
import { tls } from '@libp2p/tls'

/**
 * How connections are encrypted, best first: TLS 1.3 between us (in Electron about four times as fast as Noise, whose
 * ChaCha falls back to WebAssembly there), Noise for every other libp2p program.
 */
export const connectionEncrypters = () => [tls(), noise()]
