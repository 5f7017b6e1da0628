import type { People } from '../../messaging/people/people.ts'
import type { CommandWhileOpen, Handlers } from '../answer.ts'

type PeopleCommand = Extract<CommandWhileOpen, `contact.${string}` | `invite.${string}` | 'profile.rename'>

/** My own name, my links, and everybody I know or might. */
export function peopleHandlers(people: People): Handlers<PeopleCommand> {
  return {
    'profile.rename': ({ name }) => people.setName(name),
    'invite.create': ({ withDirectAddresses }) => people.createInvite(withDirectAddresses),
    'invite.withdraw': ({ id }) => people.withdrawInvite(id),
    'contact.preview': async ({ link }) => people.preview(link),
    'contact.add': ({ link, note }) => people.add(link, note),
    'contact.ask': ({ id, note }) => people.ask(id, note),
    'contact.accept': ({ id }) => people.accept(id),
    'contact.ignore': ({ id }) => people.ignore(id),
    'contact.block': ({ id }) => people.block(id),
    'contact.unblock': ({ id }) => people.unblock(id),
    'contact.cancel': ({ id }) => people.cancel(id),
    'contact.rename': ({ id, givenName }) => people.rename(id, givenName),
    'contact.relayOnly': ({ id, on }) => people.setRelayOnly(id, on),
    'contact.verified': ({ id, on }) => people.setVerified(id, on),
    'contact.safetyNumber': async ({ id }) => people.safetyNumber(id),
  }
}
