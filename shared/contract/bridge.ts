import type { Result } from '../result.ts'
import type { CommandInput, CommandName, CommandOutput } from './commands.ts'
import type { MessagesChanged } from './events.ts'
import type { Failure } from './failures.ts'
import type { ViewName, ViewPush, Views } from './views.ts'

/** How the window reaches the messenger: ask, watch, hear. The same over Electron IPC, WebSocket and stdio. */
export interface Bridge {
  ask<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<Result<CommandOutput<Name>, Failure>>
  /** The first push is whole. Returns a function that ends the watch. */
  watch<Name extends ViewName>(name: Name, onPush: (push: ViewPush<Views[Name]>) => void): () => void
  /** Messages of one conversation, while it is open on screen. */
  hear(conversation: string, onChange: (change: MessagesChanged) => void): () => void
  /** Tells whether the messenger is still there. Called once at once. */
  onConnection(listener: (isConnected: boolean) => void): () => void
}
