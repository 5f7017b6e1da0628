import type { Contact } from '../../shared/domain/contact.ts'
import { useRow, useView } from '../views.ts'
import type { OwnSide } from '../words/own-side.ts'
import { ownSideOf } from './own-side.ts'

/** My own side of the line to a contact. */
export function useOwnSide(contact: Pick<Contact, 'isRelayOnly'>): OwnSide {
  const settings = useRow('settings')
  const relays = useView('relays')?.values()
  const report = useRow('network')
  const people = useView('people')?.values()
  return ownSideOf({ settings, relays, report, people }, contact)
}
