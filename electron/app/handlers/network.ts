import { ok } from '../../../shared/result.ts'
import type { Network } from '../../network/network.ts'
import type { CommandWhileOpen, Handlers } from '../answer.ts'
import type { RelayBook } from '../relays.ts'
import type { SettingsBook } from '../settings.ts'

type NetworkCommand = Extract<CommandWhileOpen, `relay.${string}` | `network.${string}` | 'settings.change'>

/** Relays, switches, and the button that does not wait. */
export function networkHandlers({
  network,
  relays,
  settings,
}: {
  readonly network: Pick<Network, 'retryNow'>
  readonly relays: RelayBook
  readonly settings: SettingsBook
}): Handlers<NetworkCommand> {
  return {
    'relay.add': ({ address }) => relays.add(address),
    'relay.remove': ({ id }) => relays.remove(id),
    'network.retry': async () => {
      network.retryNow()
      return ok(null)
    },
    'settings.change': async (changes) => {
      await settings.change(changes)
      return ok(null)
    },
  }
}
