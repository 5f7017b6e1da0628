import type { ConversationId } from '../../../../shared/domain/message.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { FrameStream } from '../../../network/network.ts'
import type { Storage } from '../../../storage/database.ts'
import type { NewReceipt } from '../../../storage/tables/receipts.ts'
import type { Clock } from '../clock.ts'
import type { LogBook } from '../log/log-book.ts'
import type { LogKey } from '../log/log-key.ts'
import type { Flights } from './flights.ts'

/** What a session tells the rest of messaging. */
export interface SessionEvents {
  /** Both sides have told what they hold: entries flow from now on. */
  live(): void
  /** Entries of mine were handed to the connection. */
  sent(log: LogKey): void
  /** The other side holds my log up to `cover` on disk and has read up to `read`; `receipts` say how what is new went. */
  told(
    log: LogKey,
    told: { readonly cover: number; readonly read: number; readonly receipts: readonly NewReceipt[] },
  ): void
  /** An entry was refused: by me, or by the contact. Resolves when that is kept. */
  stopped(log: LogKey, stop: { readonly seq: number; readonly reason: string; readonly isMine: boolean }): Promise<void>
  typing(): void
  /**
   * The other side holds entries of the instance I write under that I do not hold. Resolves when another instance is
   * durable; a failure has been told to the person when it rejects.
   */
  doubted(): Promise<void>
  /** Something came in. */
  heard(): void
  /** The stream was of use: something that it brought is stored, or something that was sent is acknowledged. */
  progressed(): void
  /** `isHostile`: what came did not follow the protocol. `error`: what ended it, if not the other side. Called once. */
  ended(end: { readonly reason: string; readonly isHostile: boolean; readonly error?: unknown }): void
}

export interface SessionOptions {
  readonly self: PeerId
  readonly peer: PeerId
  readonly conversation: ConversationId
  readonly stream: FrameStream
  /** This side's number for this stream, greater than for any before. */
  readonly turn: number
  readonly storage: Pick<Storage, 'request'>
  readonly book: LogBook
  readonly clock: Clock
  /** What is under way to this peer, on any stream. */
  readonly flights: Flights
  readonly events: SessionEvents
  /** The instance I write under now. */
  instance(): string
  isTellingRead(): boolean
  /** Which entry of a log I refused: nothing of it is taken any more. */
  refusalOf(log: LogKey): { readonly seq: number; readonly reason: string } | undefined
}

/** One sync stream, from greeting to goodbye. */
export interface Session {
  readonly stream: FrameStream
  readonly isLive: boolean
  readonly isLeaving: boolean
  /** The number the larger peer id gave this stream; of two streams the larger number stays. */
  readonly turn: number | undefined
  /** How far a log of mine was handed to this connection. */
  sentUpTo(log: LogKey): number
  /** Tells how far I have read. */
  tellRead(logs: readonly LogKey[]): void
  sayTyping(): void
  /** Another stream takes over: sends no more entries, answers what comes, then closes. */
  leave(): void
  abort(reason: Error): void
}
