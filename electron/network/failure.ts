import type { Failure, FailureCode } from '../../shared/contract/failures.ts'

/** What the network can fail with in an expected way. */
type NetworkFailureCode = Extract<
  FailureCode,
  'port-taken' | 'unreachable' | 'address-invalid' | 'address-refused' | 'blocked' | 'not-allowed'
>

/** Thrown by `Network.start` and `Network.open`; `failure` is what the window is told. Anything else that is thrown is a bug. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
  readonly failure: Failure

  constructor(code: NetworkFailureCode, detail?: Failure['detail'], options?: ErrorOptions) {
    super(`the network failed: ${code} ${JSON.stringify(detail ?? {})}`, options)
    this.failure = detail === undefined ? { code } : { code, detail }
  }
}
