import type { Database } from './driver.ts'
import * as contacts from './tables/contacts.ts'
import * as conversations from './tables/conversations.ts'
import * as entries from './tables/entries.ts'
import * as invites from './tables/invites.ts'
import * as messages from './tables/messages.ts'
import * as profile from './tables/profile.ts'
import * as receipts from './tables/receipts.ts'
import * as relays from './tables/relays.ts'
import * as search from './tables/search.ts'
import * as settings from './tables/settings.ts'
import * as vectors from './tables/vectors.ts'

// The registry: every exported `(db, input) => output` of a table module is a request named `table.function`.
// Main-side code imports only types from here.
export const tables = {
  contacts,
  conversations,
  entries,
  invites,
  messages,
  profile,
  receipts,
  relays,
  search,
  settings,
  vectors,
}

type Tables = typeof tables
/** `table.function` → that function. */
type Requests = UnionToIntersection<
  {
    [Table in keyof Tables & string]: {
      [Name in keyof Tables[Table] & string as Tables[Table][Name] extends (db: Database, ...input: never[]) => unknown
        ? `${Table}.${Name}`
        : never]: Tables[Table][Name]
    }
  }[keyof Tables & string]
>
type UnionToIntersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never

/** Name of a request, for example `contacts.list`. */
export type RequestName = keyof Requests & string
type Request<Name extends RequestName> = Requests[Name] extends (db: Database, ...input: infer Input) => infer Output
  ? { input: Input; output: Output }
  : never
/** What follows the name: the input, or nothing. */
export type RequestInput<Name extends RequestName> = Request<Name>['input']
export type RequestOutput<Name extends RequestName> = Request<Name>['output']
