import type { Route } from '../route.ts'
import { AddPage } from './add-page.tsx'
import { BlockedPage } from './blocked-page.tsx'
import { ContactPage } from './contact-page.tsx'
import { LinksPage } from './links-page.tsx'
import { PeopleList } from './people-list.tsx'

/** The page of people: the list of contacts, and beside it adding, my links, or one contact. */
export function PeoplePage({ route }: { readonly route: Route }) {
  return (
    <>
      <PeopleList chosen={route.id} />
      <Chosen id={route.id} detail={route.detail} />
    </>
  )
}

function Chosen({ id, detail }: { readonly id: string | undefined; readonly detail: string | undefined }) {
  if (id === undefined || id === 'add')
    return <AddPage isAsked={id === 'add'} arrived={id === 'add' ? detail : undefined} />
  if (id === 'links') return <LinksPage />
  if (id === 'blocked') return <BlockedPage />
  return <ContactPage key={id} id={id} />
}
