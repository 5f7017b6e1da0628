import { useCallback, useMemo, useState } from 'react'
import type { Failure } from '../../shared/contract/failures.ts'
import type { EntryId, Message } from '../../shared/domain/message.ts'
import type { Result } from '../../shared/result.ts'
import { ask } from '../messenger.ts'
import type { MenuPlace, MessageActs } from './message-menu.tsx'

interface Removal {
  readonly message: Message
  readonly from: 'here' | 'everyone'
}

/** What is being done with a message of the log, and why it did not work. */
export interface MessageDoings extends Pick<MessageActs, 'onReact' | 'onReceipt' | 'onRemove'> {
  readonly menu: MenuPlace | undefined
  readonly setMenu: (menu: MenuPlace) => void
  readonly closeMenu: () => void
  readonly removal: Removal | undefined
  readonly setRemoval: (removal: Removal | undefined) => void
  readonly remove: () => void
  /** The message whose way is shown. */
  readonly receipt: EntryId | undefined
  readonly failed: { readonly id: EntryId; readonly failure: Failure } | undefined
}

/** Keeps what is being done with messages, for the log as a whole: a message alone needs no state. */
export function useMessageActs(): MessageDoings {
  const [menu, setMenu] = useState<MenuPlace>()
  const [removal, setRemoval] = useState<Removal>()
  const [receipt, setReceipt] = useState<EntryId>()
  const [failed, setFailed] = useState<MessageDoings['failed']>()

  const tell = useCallback(async (id: EntryId, asked: Promise<Result<unknown, Failure>>) => {
    setFailed(undefined)
    const result = await asked
    if (!result.ok) setFailed({ id, failure: result.failure })
  }, [])

  const acts = useMemo(
    () => ({
      onReact: ({ conversation, id }: Message, emoji: string, on: boolean) =>
        void tell(id, ask('message.react', { conversation, message: id, emoji, on })),
      onReceipt: ({ id }: Message) => setReceipt((open) => (open === id ? undefined : id)),
      onRemove: (message: Message, from: Removal['from']) => setRemoval({ message, from }),
    }),
    [tell],
  )
  const closeMenu = useCallback(() => setMenu(undefined), [])
  return {
    ...acts,
    ...{ menu, setMenu, closeMenu, removal, setRemoval, receipt, failed },
    remove() {
      if (removal === undefined) return
      const { conversation, id } = removal.message
      const command = removal.from === 'here' ? 'message.hide' : 'message.delete'
      void tell(id, ask(command, { conversation, message: id }))
    },
  }
}
