import type { Settings } from '../../shared/domain/settings.ts'

/** The languages the words of the window exist in. */
export const availableLanguages: readonly Settings['language'][] = ['en']

/** The locale of times and figures: the system's, as long as it goes with English words. */
export const locale = (preferred: string = globalThis.navigator?.language ?? 'en-GB'): string =>
  preferred.startsWith('en') ? preferred : 'en-GB'
