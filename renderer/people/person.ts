import type { Contact } from '../../shared/domain/contact.ts'

/** The name shown for a person: the one I gave, else the one they chose. */
export const nameOf = (contact: Pick<Contact, 'name' | 'givenName'>): string => contact.givenName ?? contact.name
