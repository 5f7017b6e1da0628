import { lines as english } from './english/lines.ts'
import { lines as german } from './german/lines.ts'
import { inLanguage } from './language.ts'
import type { SameShape } from './same-shape.ts'

/** The words of a line and of a delivery, in the language of the window. */
export const saidOfLines = inLanguage<SameShape<typeof english>>({ en: english, de: german })
