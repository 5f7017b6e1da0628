import type { Views } from '../../shared/contract/views.ts'
import type { Contact } from '../../shared/domain/contact.ts'
import { type Entry, entriesOf, WITH } from '../chat/entries.ts'
import { nameOf } from '../people/person.ts'
import { href, type Page } from '../route.ts'
import { sectionsOf } from '../settings/sections.ts'
import type { IconName } from '../ui/icon.tsx'
import { shortKey } from '../ui/identity.ts'
import { words } from '../words/words.ts'
import type { Findable } from './matching.ts'

export type GroupName = 'recent' | 'people' | 'chats' | 'pages' | 'settings' | 'commands' | 'messages'

/** One thing the palette can lead to or do. */
export interface Item extends Findable {
  readonly group: GroupName
  readonly face: { readonly icon: IconName } | { readonly person: string }
  /** What stands beside the label. */
  readonly note?: string
  readonly act: { readonly to: string } | { readonly run: () => void }
}

type People = ReadonlyMap<string, Contact> | undefined
type Conversations = ReadonlyMap<string, Views['conversations']> | undefined

const pages = ['chats', 'people', 'network', 'settings'] as const satisfies readonly (Page & IconName)[]

/** The pages and the sections of the settings. */
export function placeItems(shell: Views['shell'] | undefined): readonly Item[] {
  const { shell: said, settings, people } = words
  return [
    ...pages.map(
      (page): Item => ({
        id: `page ${page}`,
        group: 'pages',
        label: said.pages[page],
        face: { icon: page },
        act: { to: href(page) },
      }),
    ),
    {
      id: 'page links',
      group: 'pages',
      label: people.links,
      face: { icon: 'link' },
      act: { to: href('people', 'links') },
    },
    ...sectionsOf(shell).map(
      ({ section, icon }): Item => ({
        id: `settings ${section}`,
        group: 'settings',
        label: settings.sections[section],
        also: settings.sectionsAlso[section],
        face: { icon },
        note: settings.title,
        act: { to: href('settings', section) },
      }),
    ),
  ]
}

/** Everybody known: who is a contact by their conversation, anybody else by their page. */
export function personItems(people: People, conversations: Conversations): readonly Item[] {
  const chatOf = new Map([...(conversations?.values() ?? [])].map(({ id, contact }) => [contact, id]))
  return [...(people?.values() ?? [])]
    .filter(({ state }) => state !== 'none')
    .map((contact): Item => {
      const said = words.people.state[contact.state]
      return {
        id: contact.id,
        group: 'people',
        label: nameOf(contact),
        also: `${contact.givenName === undefined ? '' : contact.name} ${shortKey(contact.id)}`,
        face: { person: contact.id },
        note: said === '' ? shortKey(contact.id) : said,
        act: { to: placeOf(contact, chatOf.get(contact.id)) },
      }
    })
}

function placeOf({ id, state }: Contact, conversation: string | undefined): string {
  if (state !== 'mutual' && state !== 'asked') return href('people', id)
  return conversation === undefined ? href('chats', WITH, id) : href('chats', conversation)
}

/** The chats used last, newest first: what most people look for before they have typed anything. */
export function latestItems(people: People, conversations: Conversations, most: number): readonly Item[] {
  return entriesOf(conversations, people)
    .slice(0, most)
    .map(({ to, conversation }: Entry): Item => {
      const contact = people?.get(conversation.contact)
      return {
        id: conversation.contact,
        group: 'chats',
        label: contact === undefined ? shortKey(conversation.contact) : nameOf(contact),
        face: { person: conversation.contact },
        ...(conversation.unread > 0 ? { note: words.shell.unread(conversation.unread) } : {}),
        act: { to },
      }
    })
}

/** Conversations with somebody who is no contact any more: they have no other way in. */
export function orphanItems(people: People, conversations: Conversations): readonly Item[] {
  return [...(conversations?.values() ?? [])]
    .filter(({ contact }) => (people?.get(contact)?.state ?? 'none') === 'none')
    .map(({ id, contact }): Item => {
      const known = people?.get(contact)
      return {
        id: `chat ${id}`,
        group: 'chats',
        label: known === undefined ? shortKey(contact) : nameOf(known),
        also: shortKey(contact),
        face: { person: contact },
        act: { to: href('chats', id) },
      }
    })
}
