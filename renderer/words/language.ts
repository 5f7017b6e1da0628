import type { Settings } from '../../shared/domain/settings.ts'

/** A language the words of the window exist in. */
export type Language = Exclude<Settings['language'], 'system'>

/** The languages the words of the window exist in. */
export const availableLanguages: readonly Language[] = ['en', 'de']

/** What is kept under this name is no secret: a locked window may know its language. */
export const LANGUAGE_ITEM = 'sightline-language'

// Tests of single parts have no window; they read English wherever they run.
const isWindow = typeof document !== 'undefined'
const preferred = (): readonly string[] => globalThis.navigator?.languages ?? []
const isIn = (tag: string, language: Language): boolean => tag.split('-')[0]?.toLowerCase() === language

/** The language of a choice; `system` goes by the first preferred language there are words in. */
export function languageOf(choice: Settings['language'], languages: readonly string[] = preferred()): Language {
  if (choice !== 'system') return choice
  for (const tag of languages) {
    const found = availableLanguages.find((language) => isIn(tag, language))
    if (found !== undefined) return found
  }
  return 'en'
}

function keptChoice(): Settings['language'] {
  try {
    const kept = localStorage.getItem(LANGUAGE_ITEM)
    return kept === 'en' || kept === 'de' ? kept : 'system'
  } catch {
    // A browser may refuse to keep anything.
    return 'system'
  }
}

/** The language this window was loaded in; it stays until the page is loaded anew. */
export const language: Language = isWindow ? languageOf(keptChoice()) : 'en'

/** Whatever is said, in the language of the window. */
export const inLanguage = <Said>(said: Readonly<Record<Language, Said>>): Said => said[language]

/**
 * Keeps the choice for the next load. True when a load would change the language: what was kept is read back, so that a
 * browser that keeps nothing is never loaded in a circle.
 */
export function keepLanguage(choice: Settings['language']): boolean {
  try {
    localStorage.setItem(LANGUAGE_ITEM, choice)
  } catch {
    return false
  }
  return keptChoice() === choice && languageOf(choice) !== language
}

const regions: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' }

/** The locale of times and figures: the system's, as long as it goes with the words. */
export const locale = (languages: readonly string[] = preferred()): string =>
  languages.find((tag) => isIn(tag, language)) ?? regions[language]
