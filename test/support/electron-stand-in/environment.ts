/** What a test may set in the environment of the app. */
export const STAND_IN = {
  /** Where the Chromium listens that holds its windows. */
  chromium: 'SIGHTLINE_STAND_IN_CHROMIUM',
  /** Set: the program believes that it was installed from a package. */
  packaged: 'SIGHTLINE_STAND_IN_PACKAGED',
  /** The system's language, `en-US` where it is absent. */
  locale: 'SIGHTLINE_STAND_IN_LOCALE',
  /** A KeyringState; absent: there is no keyring. */
  keyring: 'SIGHTLINE_STAND_IN_KEYRING',
} as const
