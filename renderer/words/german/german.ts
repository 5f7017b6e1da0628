import { attempts } from './attempts.ts'
import { chat } from './chat.ts'
import { firstRun } from './first-run.ts'
import { network } from './network.ts'
import { people } from './people.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'

/** Every German sentence of the window, by page. */
export const german = { shell, chat, people, firstRun, network, attempts, settings }
