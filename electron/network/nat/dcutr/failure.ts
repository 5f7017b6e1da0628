import type { AttemptReason } from '../../../../shared/domain/attempt.ts'

/** A punch that did not come through, and why. */
export class PunchFailed extends Error {
  override readonly name = 'PunchFailed'
  readonly reason: AttemptReason
  /** The exact term of whoever said so. */
  readonly detail: string

  constructor(reason: AttemptReason, detail: string, options?: ErrorOptions) {
    super(`${reason}: ${detail}`, options)
    this.reason = reason
    this.detail = detail
  }
}

/** Both sides dialled and nothing came of it; another attempt may do better. */
export class NotThrough extends PunchFailed {
  /** Did TCP come up at least once, so that only the handshakes failed? */
  readonly hasTcpOpened: boolean

  constructor(reason: AttemptReason, detail: string, hasTcpOpened: boolean) {
    super(reason, detail)
    this.hasTcpOpened = hasTcpOpened
  }
}
