/** Together, and each: a command line a person typed is far below, and one that is not would only be slow to refuse. */
const ARGUMENTS_MAX = 256
const ARGUMENT_MAX_CHARACTERS = 8192

// Switches of the machinery below us. They have worked by the time we see them; each is one word, so none of them can
// take our next argument with it.
const FOREIGN_SWITCH = new RegExp(
  `^--(?:${[
    '(?:enable|disable|force|allow|ozone|use|gtk|remote-debugging|inspect|proxy|trace|log|vmodule|js-flags|ignore-gpu)(?:-[\\w-]+)?',
    '(?:no-sandbox|no-zygote|no-first-run|in-process-gpu|high-dpi-support|touch-events|lang|password-store|class|user-data-dir)',
    '(?:original-process-start-time|secure-schemes|standard-schemes|gapplication-service|headless|v)',
  ].join('|')})(?:=.*)?$`,
  's',
)
// macOS hands a "process serial number" to a program started from the Finder.
const FINDER_MARK = /^-psn_\d+_\d+$/

/**
 * What the person (or the system, for a link) said, out of everything the process was started with.
 * Packaged, the program is argv[0]. In development argv is `electron [its own switches] folder …`.
 * Before a lone `--` switches of Electron and Chromium are left out; what is left goes to readOptions() as it is.
 */
export function personArguments(argv: readonly string[], isPackaged: boolean): readonly string[] {
  const given = argv.slice(isPackaged ? 1 : placeAfterFolder(argv))
  const end = given.indexOf('--')
  const isOurs = (argument: string, place: number) =>
    (end >= 0 && place > end) || !(FOREIGN_SWITCH.test(argument) || FINDER_MARK.test(argument))
  // One more than allowed is kept, so that readOptions() can refuse by naming the reason.
  return given
    .filter(isOurs)
    .slice(0, ARGUMENTS_MAX + 1)
    .map((argument) => argument.slice(0, ARGUMENT_MAX_CHARACTERS + 1))
}

// Switches of Chromium that take from the window what protects it, or open it to other programs.
const WEAKENING = [
  'disable-namespace-sandbox',
  'disable-seccomp-filter-sandbox',
  'disable-web-security',
  'gpu-launcher',
  'load-extension',
  'remote-debugging-pipe',
  'remote-debugging-port',
  'renderer-cmd-prefix',
  'single-process',
  'utility-cmd-prefix',
] as const

/** Why a packaged app does not start with what it was started with; undefined when it may. */
export function weakeningRefusal(hasSwitch: (name: string) => boolean): string | undefined {
  // The start script of an AppImage adds it by itself where a system forbids user namespaces.
  if (hasSwitch('no-sandbox'))
    return 'Sightline does not run without the sandbox, which this system denies it. The deb package can have it.'
  const found = WEAKENING.find(hasSwitch)
  return found && `Sightline does not start with --${found}: its window would not be protected. Leave it out.`
}

/** Why these are no command line of a person; undefined when they may be. */
export function argumentsRefusal(args: readonly string[]): string | undefined {
  if (args.length > ARGUMENTS_MAX)
    return `That is more than ${ARGUMENTS_MAX} arguments; Sightline understands a handful.`
  if (args.some((argument) => argument.length > ARGUMENT_MAX_CHARACTERS))
    return `One of the arguments is longer than ${ARGUMENT_MAX_CHARACTERS} characters; no option and no link of Sightline is.`
  return undefined
}

/** In development the first argument that is no switch is the app's folder; `-r FILE` loads a file before it. */
function placeAfterFolder(argv: readonly string[]): number {
  for (let place = 1; place < argv.length; place += 1) {
    const argument = argv[place] ?? ''
    if (argument === '-r' || argument === '--require') place += 1
    else if (!argument.startsWith('-')) return place + 1
  }
  return argv.length
}
