import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { err, ok, type Result } from '../../shared/result.ts'
import { argumentsRefusal } from './arguments.ts'
import { isOwnLink, linksAmong } from './links.ts'

/** What a person may say when starting the app, in either shell. */
export interface ProgramOptions {
  readonly profile: string
  /** Everything this profile keeps lives here. */
  readonly directory: string
  /** 0 = chosen by the system. */
  readonly port: number
  readonly opensBrowser: boolean
  /** Multiaddrs of relays to know from the start. */
  readonly relays: readonly string[]
  /** Which window was asked for; undefined: whichever is possible. */
  readonly shell?: 'browser' | 'desktop'
  /** `sightline://` links to show, at most a few. */
  readonly links: readonly string[]
}

export const USAGE = `npm start -- [options] [sightline://LINK]
  --profile NAME       which profile to open (default: default)
  --relay ADDRESS      a relay to use; may be given more than once
  --desktop            in a desktop window, fetching what that needs even if it failed a moment ago
  --browser            in the browser, even where a desktop window is possible
  --no-open            there: print the link, open no browser
  --port N             there: port on 127.0.0.1 (default: a free one)
  --profiles-dir DIR   where profiles live (default: your system's place for data)
  --help               this text`

/** Reads the command line; the failure is a sentence for the person who typed it. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): Result<ProgramOptions | 'help', string> {
  const refusal = argumentsRefusal(args)
  if (refusal !== undefined) return err(refusal)
  // Whoever makes a link may make it end in something that reads like options, and some systems cut it there.
  const firstLink = args.findIndex((each) => /^sightline:/i.test(each))
  if (firstLink >= 0 && args.slice(firstLink + 1).some((each) => each.startsWith('-')))
    return err('Nothing but further links may follow a link: put options before it.')
  const read = parse(args)
  if (!read.ok) return read
  const { values, positionals } = read
  if (values.help) return ok('help')
  const stray = positionals.find((each) => !isOwnLink(each))
  if (stray !== undefined)
    return err(
      `${quoted(stray)} is neither an option nor a link of Sightline. \`npm start -- --help\` lists what is understood.`,
    )
  const profile = values.profile ?? 'default'
  if (!isProfileName(profile)) {
    return err(
      `${quoted(profile)} cannot name a profile: use up to 64 letters, digits, spaces, dots, dashes and underscores, with a letter or digit first and last.`,
    )
  }
  const port = values.port === undefined ? 0 : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || values.port === '') {
    return err(`--port takes a number from 0 to 65535, not ${quoted(values.port ?? '')}.`)
  }
  const profiles = values['profiles-dir'] ?? defaultProfilesDirectory(environment, platform)
  return ok({
    profile,
    directory: join(profiles, profile),
    port,
    opensBrowser: !values['no-open'],
    relays: values.relay ?? [],
    links: linksAmong(positionals),
    ...(values.browser ? { shell: 'browser' } : values.desktop ? { shell: 'desktop' } : {}),
  })
}

/** Where each system wants programs to keep their data. */
export function defaultProfilesDirectory(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string = homedir(),
): string {
  const data =
    platform === 'win32'
      ? (environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'))
      : platform === 'darwin'
        ? join(home, 'Library', 'Application Support')
        : environment['XDG_DATA_HOME'] || join(home, '.local', 'share')
  return join(data, 'sightline', 'profiles')
}

// Names Windows keeps for devices, whatever their ending.
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
const PROFILE_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]{0,62}[\p{L}\p{N}])?$/u

/** A profile is a folder: its name must be one on every system, and nothing but a name. */
export function isProfileName(name: string): boolean {
  return PROFILE_NAME.test(name) && !DEVICE_NAME.test(name)
}

function parse(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        browser: { type: 'boolean' },
        desktop: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        'no-open': { type: 'boolean' },
        port: { type: 'string' },
        profile: { type: 'string' },
        'profiles-dir': { type: 'string' },
        relay: { type: 'string', multiple: true },
      },
    })
    return { ok: true as const, values, positionals }
  } catch (error) {
    const why = error instanceof Error ? (error.message.split(/\.?(?:\n|\. |$)/)[0] ?? error.message) : String(error)
    return err(`${shown(why)}. \`npm start -- --help\` lists what is understood.`)
  }
}

/** What was typed, fit for one line of a terminal: short, and without characters that would steer it. */
function shown(text: string): string {
  const plain = text.replace(/[\p{C}\p{Z}]+/gu, ' ')
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain
}

const quoted = (text: string): string => `"${shown(text)}"`
