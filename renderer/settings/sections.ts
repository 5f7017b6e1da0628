import type { Shell } from '../../shared/contract/views.ts'
import type { IconName } from '../ui/icon.tsx'

const sections = [
  { section: 'name', icon: 'lock' },
  { section: 'privacy', icon: 'shield' },
  { section: 'relays', icon: 'network' },
  { section: 'sources', icon: 'globe' },
  { section: 'notifications', icon: 'bell' },
  { section: 'appearance', icon: 'sun' },
  { section: 'desktop', icon: 'window' },
  { section: 'about', icon: 'info' },
] as const satisfies readonly { readonly section: string; readonly icon: IconName }[]

/** A part of the settings, as its address calls it. */
export type Section = (typeof sections)[number]['section']

/** The parts of the settings that this shell has, in their order. */
export const sectionsOf = (
  shell: Pick<Shell, 'kind'> | undefined,
): readonly { readonly section: Section; readonly icon: IconName }[] =>
  sections.filter(({ section }) => section !== 'desktop' || shell?.kind === 'electron')
