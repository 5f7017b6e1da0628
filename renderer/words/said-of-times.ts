import { times as english } from './english/times.ts'
import { times as german } from './german/times.ts'
import { inLanguage } from './language.ts'
import type { SameShape } from './same-shape.ts'

/** The words in and round times and sizes, in the language of the window. */
export const saidOfTimes = inLanguage<SameShape<typeof english>>({ en: english, de: german })
