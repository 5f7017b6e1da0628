import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'
import type { NativeWords } from '../words/words.ts'

type Pressed = Pick<ContextMenuParams, 'linkURL' | 'selectionText' | 'isEditable'> & {
  readonly editFlags: Pick<ContextMenuParams['editFlags'], 'canCut' | 'canCopy' | 'canPaste' | 'canSelectAll'>
}

/** Addresses that mean something outside this window; `app:` and what could run do not. */
const COPIED = /^(https?|mailto|sightline):/i
const LINK_MAX_CHARACTERS = 8192

/** What the right mouse button offers at a place of the page; empty = nothing to offer. Nothing here fetches. Pure. */
export function contextMenu(
  { linkURL, selectionText, isEditable, editFlags }: Pressed,
  { menu }: Pick<NativeWords, 'menu'>,
  copy: (text: string) => void,
): MenuItemConstructorOptions[] {
  const entries: MenuItemConstructorOptions[] = []
  if (COPIED.test(linkURL) && linkURL.length <= LINK_MAX_CHARACTERS)
    entries.push({ label: menu.copyLink, click: () => copy(linkURL) })
  const hasSelection = selectionText.trim() !== ''
  if (isEditable)
    entries.push(
      { role: 'cut', label: menu.cut, enabled: editFlags.canCut && hasSelection },
      { role: 'copy', label: menu.copy, enabled: editFlags.canCopy && hasSelection },
      { role: 'paste', label: menu.paste, enabled: editFlags.canPaste },
      { role: 'selectAll', label: menu.selectAll, enabled: editFlags.canSelectAll },
    )
  else if (hasSelection) entries.push({ role: 'copy', label: menu.copy, enabled: editFlags.canCopy })
  return entries
}
