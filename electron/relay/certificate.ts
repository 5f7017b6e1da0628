import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { RelayStartError } from '../network/relay-server/start-error.ts'

/** A certificate chain and its key as PEM, both checked. `validUntil` is the end of the first certificate, in milliseconds since 1970. */
export interface Certificate {
  readonly cert: string
  readonly key: string
  readonly validUntil: number
}

/** Reads and checks a certificate with its key. Throws `RelayStartError`. */
export function readCertificate(certFile: string, keyFile: string): Certificate {
  const cert = read(certFile)
  const key = read(keyFile)
  const first = check(certFile, () => new X509Certificate(cert))
  // Fails when the key is not a key, or is another certificate's.
  check(keyFile, () => createSecureContext({ cert, key }))
  return { cert, key, validUntil: Date.parse(first.validTo) }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new RelayStartError('certificate-unreadable', file, { cause: error })
  }
}

function check<Value>(file: string, use: () => Value): Value {
  try {
    return use()
  } catch (error) {
    throw new RelayStartError('certificate-bad', file, { cause: error })
  }
}
