import type { Contact } from '../../shared/domain/contact.ts'

// Words that stand before a name and are none: alone they would call everybody the same.
const TITLES = new Set(
  (
    'dr prof professor mr mrs ms mx miss sir dame lord lady rev fr st sr sra srta don doña herr frau ' +
    'm mme mlle monsieur madame signor signora señor señora the de da di du la le el al van von ter ten'
  ).split(' '),
)

/** A self-chosen name for use in sentences: its first word, where that alone is still a name. */
export function shortened(name: string): string {
  const [first = '', ...others] = name.trim().split(/\s+/u)
  const letters = first.match(/\p{L}/gu)?.length ?? 0
  const isTitle = TITLES.has(first.toLocaleLowerCase().replace(/\.$/u, ''))
  return others.length > 0 && letters >= 2 && !isTitle ? first : name
}

/** How a person is called in a sentence. A name that I gave stays whole: I chose each word of it. */
export const shortName = ({ name, givenName }: Pick<Contact, 'name' | 'givenName'>): string =>
  givenName ?? shortened(name)
