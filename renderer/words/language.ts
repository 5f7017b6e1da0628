/** The locale of times and figures: the system's, as long as it goes with English words. */
export const locale = (preferred: string = globalThis.navigator?.language ?? 'en-GB'): string =>
  preferred.startsWith('en') ? preferred : 'en-GB'
