import * as z from 'zod/mini'
import type { Result } from '../result.ts'
import type { MessagesChanged } from './events.ts'
import type { Failure } from './failures.ts'
import type { ViewName, ViewPush } from './views.ts'

/** Frames of the contract as JSON text, one per WebSocket message or line of stdio. What the window sends: */
export const request = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('ask'), id: z.int(), name: z.string().check(z.maxLength(64)), input: z.unknown() }),
  z.strictObject({ do: z.literal('watch'), id: z.int(), name: z.string().check(z.maxLength(64)) }),
  z.strictObject({ do: z.literal('hear'), id: z.int(), conversation: z.string().check(z.maxLength(64)) }),
  /** Ends the watch or hear of that id. */
  z.strictObject({ do: z.literal('stop'), id: z.int() }),
])
export type Request = z.infer<typeof request>

/** What the messenger sends back; `id` is the request's. */
export type Response =
  | { readonly did: 'answer'; readonly id: number; readonly result: Result<unknown, Failure> }
  | { readonly did: 'push'; readonly id: number; readonly name: ViewName; readonly push: ViewPush }
  | { readonly did: 'change'; readonly id: number; readonly change: MessagesChanged }
