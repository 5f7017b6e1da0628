import { chat } from './english/chat.ts'
import { firstRun } from './english/first-run.ts'
import { network } from './english/network.ts'
import { people } from './english/people.ts'
import { settings } from './english/settings.ts'
import { shell } from './english/shell.ts'

/** Every sentence of the window, by page. */
export const words = { shell, chat, people, firstRun, network, settings } as const
