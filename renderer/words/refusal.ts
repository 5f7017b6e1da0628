import type { Stopped } from '../../shared/domain/message.ts'
import { refusals as english } from './english/refusals.ts'
import { refusals as german } from './german/refusals.ts'
import { inLanguage } from './language.ts'
import type { SameShape } from './same-shape.ts'

const said = inLanguage<SameShape<typeof english>>({ en: english, de: german })

type Reason = Stopped['reason']

/** What may help: both programs may differ, somebody may have tampered, or one profile is used twice. */
const helps: Readonly<Record<Reason, 'update' | 'compare' | 'one place'>> = {
  'not-readable': 'update',
  'too-long': 'update',
  'other-log': 'compare',
  'not-a-member': 'compare',
  'bad-seq': 'one place',
  'bad-previous': 'one place',
  'bad-lamport': 'one place',
  'wrong-signature': 'compare',
  other: 'update',
}

/** Says what was refused and why, and what to do now. */
export function refusalSentence(stopped: Stopped, name: string): string {
  return `${happened(stopped)(name, said.because[stopped.reason])} ${help(stopped, name)}`
}

function happened({ isRefusedHere, isMine }: Stopped): (name: string, why: string) => string {
  const { hereMine, hereTheirs, thereMine, thereTheirs } = said.happened
  if (isRefusedHere) return isMine ? hereMine : hereTheirs
  return isMine ? thereMine : thereTheirs
}

function help({ reason, isMine }: Stopped, name: string): string {
  switch (helps[reason]) {
    case 'update':
      return said.help.update(name)
    case 'compare':
      return said.help.compare(name)
    case 'one place':
      return isMine ? said.help.onePlaceMine : said.help.onePlaceTheirs(name)
  }
}
