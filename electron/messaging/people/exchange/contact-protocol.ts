import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { FrameStream, Network } from '../../../network/network.ts'
import { type Backoff, retryDelayMs } from '../../../network/pace/backoff.ts'
import { createRateLimit } from '../../../network/pace/rate-limit.ts'
import type { StoredInvite } from '../../../storage/tables/invites.ts'
import type { Book } from '../book.ts'
import { onAnswer, onAsk } from '../states.ts'
import { type Answer, type Ask, decodeAnswer, decodeAsk, encodeAnswer, encodeAsk } from './frames.ts'
import { call, requestFrame, untilSettled } from './one-shot.ts'
import type { OwnRecord } from './own-record.ts'

export const CONTACT_PROTOCOL = '/sightline/contact/1'

// A person asks once, again on every new connection until answered, and again when accepting: five at once is plenty.
const PER_PERSON = { burst: 5, perSecond: 1 / 60 }
// Strangers all together. Contacts and people I asked do not count.
const STRANGERS = { burst: 30, perSecond: 1 / 2 }
// Those who hold one live link of mine, all together: strangers without one cannot use this up, nor can another link's.
const BEARERS = { burst: 60, perSecond: 1 / 2 }
// While connected to somebody who has not decided: the next connection asks anyway.
const UNDECIDED_AGAIN: Backoff = { firstMs: 60 * 60_000, factor: 1, mostMs: 60 * 60_000, jitter: 0 }
// Refused is hardly ever about me: there were too many requests for a while. Not all of them come back at once.
const REFUSED_AGAIN: Backoff = { firstMs: 3 * 60_000, factor: 1, mostMs: 3 * 60_000, jitter: 0.3 }
/** Requests waiting for a decision. More are refused, unless they come with a live link of mine. */
export const UNDECIDED_MAX = 200

/** How long after an answer to ask the same person again over the same connection. */
export function askAgainInMs(answer: 'pending' | 'refused', random: () => number = Math.random): number {
  return retryDelayMs(answer === 'refused' ? REFUSED_AGAIN : UNDECIDED_AGAIN, 1, random)
}

export interface ContactProtocolOptions {
  readonly network: Pick<Network, 'self' | 'open'>
  readonly book: Book
  readonly own: OwnRecord
  readonly seed: Uint8Array
  readonly signal: AbortSignal
  readonly now: () => number
  readonly log: (event: string, fields: Readonly<Record<string, unknown>>) => void
  /** The invite of mine that a token belongs to. */
  readonly inviteOf: (token: Uint8Array) => StoredInvite | undefined
  readonly acceptsOwnLinks: () => boolean
  /** Both sides count each other as contacts, and both know it. */
  readonly onMutual: (peer: PeerId) => void
}

/** `/sightline/contact/1`: one request, one reply. */
export interface ContactProtocol {
  /** Asks a person, or tells one that I accept: the same request. */
  ask(peer: PeerId, signal: AbortSignal): Promise<Answer['answer']>
  serve(stream: FrameStream): Promise<void>
}

export function createContactProtocol(options: ContactProtocolOptions): ContactProtocol {
  const { network, book, own, seed, signal, now, log } = options
  const perPerson = createRateLimit(PER_PERSON)
  const strangers = createRateLimit(STRANGERS)
  const bearers = createRateLimit(BEARERS)

  async function ask(peer: PeerId, until: AbortSignal): Promise<Answer['answer']> {
    const row = book.get(peer)
    const words = await own.compose(peer)
    const request = { ...words, note: row?.ownNote ?? '', ...(row?.token === undefined ? {} : { token: row.token }) }
    const frame = encodeAsk(request, peer, seed)
    const answer = await call(network, { peer, protocol: CONTACT_PROTOCOL, frame }, until, async (bytes) => {
      const answer = decodeAnswer(bytes, peer)
      if (answer === undefined) throw new Error('the answer to the contact request could not be read')
      await book.change(peer, (newest) => newest && onAnswer(newest, answer, now()))
      return answer
    })
    log('contact request was answered', { peer: peer.slice(-6), answer: answer.answer })
    if (answer.answer === 'accepted' && book.trust.isContact(peer)) {
      await own.heard(peer, words)
      options.onMutual(peer)
    }
    return answer.answer
  }

  async function serve(stream: FrameStream): Promise<void> {
    const { peer } = stream
    const bytes = await requestFrame(stream, signal)
    // Read before all strangers pay for it together: the token says who pays. Reading costs far less than the
    // connection it came over, and is counted for the person.
    const asked = isAwaited(peer) || perPerson(peer) ? decodeAsk(bytes, peer, network.self) : undefined
    const invite = asked?.token && options.inviteOf(asked.token)
    if (asked === undefined || !isWithinRate(peer, invite) || !hasRoom(peer, invite)) {
      log('contact request was refused', { peer: peer.slice(-6), isRead: asked !== undefined })
      await stream.send(encodeAnswer({ answer: 'refused' }))
      return stream.close()
    }
    if ((await decide(peer, asked, invite)) === 'pending') {
      await stream.send(encodeAnswer({ answer: 'pending' }))
      return stream.close()
    }
    const words = await own.compose(peer)
    await stream.send(encodeAnswer(words))
    await stream.close()
    await untilSettled(stream, signal)
    await own.heard(peer, words)
    options.onMutual(peer)
  }

  async function decide(peer: PeerId, asked: Ask, invite: StoredInvite | undefined): Promise<Answer['answer']> {
    const isWelcome = isLive(invite) && options.acceptsOwnLinks()
    let answer: Answer['answer'] = 'pending'
    const row = await book.change(peer, (row) => {
      const facts = { now: now(), isWelcome, ...(invite === undefined ? {} : { inviteId: invite.id }) }
      const verdict = onAsk(row, peer, asked, facts)
      answer = verdict.answer
      return verdict.row
    })
    log('contact request arrived', { peer: peer.slice(-6), state: row?.state, hasInvite: invite !== undefined })
    return answer
  }

  function isAwaited(peer: PeerId): boolean {
    const state = book.get(peer)?.state
    return state === 'mutual' || state === 'asked'
  }

  function isWithinRate(peer: PeerId, invite: StoredInvite | undefined): boolean {
    return isAwaited(peer) || (isLive(invite) ? bearers(invite.id) : strangers(''))
  }

  function hasRoom(peer: PeerId, invite: StoredInvite | undefined): boolean {
    if (book.get(peer) !== undefined || isLive(invite)) return true
    let undecided = 0
    for (const { state } of book.rows()) if (state === 'asks-me') undecided++
    return undecided < UNDECIDED_MAX
  }

  return { ask, serve }
}

const isLive = (invite: StoredInvite | undefined): invite is StoredInvite => invite !== undefined && !invite.isWithdrawn
