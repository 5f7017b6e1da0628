import { attempts } from './english/attempts.ts'
import { chat } from './english/chat.ts'
import { firstRun } from './english/first-run.ts'
import { network } from './english/network.ts'
import { people } from './english/people.ts'
import { settings } from './english/settings.ts'
import { shell } from './english/shell.ts'
import { german } from './german/german.ts'
import { inLanguage } from './language.ts'
import type { SameShape } from './same-shape.ts'

const english = { shell, chat, people, firstRun, network, attempts, settings } as const

/** Every sentence of the window, by page, in the language it was loaded in. */
export const words: SameShape<typeof english> = inLanguage<SameShape<typeof english>>({ en: english, de: german })
