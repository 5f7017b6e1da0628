import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { FrameStream, Network } from '../../../network/network.ts'
import type { Book } from '../book.ts'
import { withRecord } from '../states.ts'
import { decodeWhereabouts, encodeWhereabouts } from './frames.ts'
import { call, requestFrame } from './one-shot.ts'
import type { OwnRecord } from './own-record.ts'

export const ADDRESS_PROTOCOL = '/sightline/address/1'

/** `/sightline/address/1`: contacts tell each other their name and where they can be reached. */
export interface AddressProtocol {
  /** Tells a contact mine and takes over what it says. */
  exchange(peer: PeerId, signal: AbortSignal): Promise<void>
  serve(stream: FrameStream): Promise<void>
}

export function createAddressProtocol(
  network: Pick<Network, 'open'>,
  book: Book,
  own: OwnRecord,
  { signal, now }: { readonly signal: AbortSignal; readonly now: () => number },
): AddressProtocol {
  async function takeOver(peer: PeerId, frame: Uint8Array): Promise<void> {
    const theirs = decodeWhereabouts(frame, peer)
    if (theirs === undefined) throw new Error('the address record could not be read')
    book.touch(peer, now())
    await book.change(peer, (row) => {
      if (row?.state !== 'mutual') return row
      const renamed = theirs.name === row.name || theirs.name === '' ? row : { ...row, name: theirs.name }
      return withRecord(renamed, theirs.record)
    })
  }

  return {
    async exchange(peer, until) {
      const words = await own.compose(peer)
      const request = { peer, protocol: ADDRESS_PROTOCOL, frame: encodeWhereabouts(words) }
      await call(network, request, until, (frame) => takeOver(peer, frame))
      await own.heard(peer, words)
    },
    async serve(stream) {
      await takeOver(stream.peer, await requestFrame(stream, signal))
      const words = await own.compose(stream.peer)
      await stream.send(encodeWhereabouts(words))
      await stream.close()
      await own.heard(stream.peer, words)
    },
  }
}
