import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type ChosenLimits, CIRCUIT_MINUTES_MAX, DEFAULT_LIMITS } from './limits.ts'

/** Everything `npm run relay` can be told. */
export interface RelayOptions {
  /** IP addresses to listen on. */
  readonly hosts: readonly string[]
  /** TCP, and UDP for QUIC. 0 = chosen by the system, for all ports that are not given. */
  readonly port: number
  readonly wsPort: number
  /** STUN answers here and on the next port. */
  readonly stunPort: number
  readonly metricsPort: number
  readonly announce: readonly string[]
  readonly dataDirectory: string
  readonly limits: ChosenLimits
  readonly access: 'open' | 'members'
  readonly membersFile?: string
  readonly certificate?: { readonly certFile: string; readonly keyFile: string }
  readonly name?: string
  readonly isJson: boolean
}

export type ParsedOptions =
  | { readonly kind: 'run'; readonly options: RelayOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'error'; readonly sentence: string }

const DEFAULT_PORT = 4001
/** RFC 8489 section 8. */
const DEFAULT_STUN_PORT = 3478

export const HELP = `Usage: npm run relay -- [options]

Carries the bytes of people who cannot reach each other directly. It cannot read them.

  --port N                TCP, and UDP for QUIC (${DEFAULT_PORT}; 0 = chosen by the system, for all ports not given)
  --ws-port N             WebSocket (the port after --port)
  --stun-port N           STUN, here and on the next port, UDP and TCP (${DEFAULT_STUN_PORT})
  --metrics-port N        counters at http://127.0.0.1:N/metrics and /status.json (chosen by the system)
  --host IP               listen on this address only; may be repeated (all)
  --announce MULTIADDR    tell others this address and no other; may be repeated
  --data DIR              where the relay's key is kept (~/.local/share/sightline-relay)
  --tls-cert FILE         certificate and
  --tls-key FILE          key for wss on the WebSocket port
  --access open|members   who may hold a place (open)
  --members FILE          peer ids, one per line; read again on SIGHUP
  --max-reservations N    people reachable at a time (${DEFAULT_LIMITS.maxReservations})
  --max-per-address N     of them from one IP address (${DEFAULT_LIMITS.maxPerAddress})
  --circuit-mib N         what one circuit may carry, both directions together (${DEFAULT_LIMITS.circuitMib})
  --circuit-minutes N     and how long it may last (${DEFAULT_LIMITS.circuitMinutes})
  --name TEXT             a name for you, shown in what is printed
  --json                  print one JSON object per line
  --help                  print this`

/** Reads the command line. Pure: `environment` gives the default for `--data` (systemd's STATE_DIRECTORY). */
export function parseOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): ParsedOptions {
  let values: ReturnType<typeof readArguments>
  try {
    values = readArguments(args)
  } catch (error) {
    return { kind: 'error', sentence: unknownArgument(error) }
  }
  if (values.help === true) return { kind: 'help' }
  try {
    return { kind: 'run', options: check(values, environment) }
  } catch (error) {
    if (error instanceof BadOption) return { kind: 'error', sentence: error.message }
    throw error
  }
}

class BadOption extends Error {}

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: false,
    options: {
      port: { type: 'string' },
      'ws-port': { type: 'string' },
      'stun-port': { type: 'string' },
      'metrics-port': { type: 'string' },
      host: { type: 'string', multiple: true },
      announce: { type: 'string', multiple: true },
      data: { type: 'string' },
      'tls-cert': { type: 'string' },
      'tls-key': { type: 'string' },
      access: { type: 'string' },
      members: { type: 'string' },
      'max-reservations': { type: 'string' },
      'max-per-address': { type: 'string' },
      'circuit-mib': { type: 'string' },
      'circuit-minutes': { type: 'string' },
      name: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  }).values
}

function check(
  values: ReturnType<typeof readArguments>,
  environment: Readonly<Record<string, string | undefined>>,
): RelayOptions {
  const number = (
    name: Exclude<keyof typeof values, 'host' | 'announce' | 'json' | 'help'>,
    range: Range,
    fallback: number,
  ) => wholeNumber(`--${name}`, values[name], range, fallback)

  const port = number('port', PORT, DEFAULT_PORT)
  const unlessChosen = (given: number) => (port === 0 ? 0 : given)
  const wsPort = number('ws-port', PORT, unlessChosen(port + 1))
  const stunPort = number('stun-port', PORT, unlessChosen(DEFAULT_STUN_PORT))
  if (wsPort > 65_535) throw new BadOption('--ws-port is needed when --port is 65535.')
  if (stunPort === 65_535) throw new BadOption('--stun-port needs a port after it: 65534 is the highest.')
  if (wsPort !== 0 && wsPort === port) throw new BadOption('--port and --ws-port must differ.')
  const stunPorts = stunPort === 0 ? [] : [stunPort, stunPort + 1]
  const collides = stunPorts.find((one) => one === port || one === wsPort)
  if (collides !== undefined) throw new BadOption(`Port ${collides} is wanted twice: --stun-port takes two ports.`)

  const access = values.access ?? (values.members === undefined ? 'open' : 'members')
  if (access !== 'open' && access !== 'members') throw new BadOption('--access is open or members.')
  if (access === 'members' && values.members === undefined)
    throw new BadOption('--access members needs --members FILE with one peer id per line.')
  if (access === 'open' && values.members !== undefined)
    throw new BadOption('--members has no effect with --access open: leave one of them out.')

  const certFile = values['tls-cert']
  const keyFile = values['tls-key']
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new BadOption('--tls-cert and --tls-key belong together.')

  return {
    hosts: (values.host ?? ['0.0.0.0', '::']).map(host),
    port,
    wsPort,
    stunPort,
    metricsPort: number('metrics-port', PORT, 0),
    announce: values.announce ?? [],
    dataDirectory: values.data ?? environment['STATE_DIRECTORY'] ?? defaultData(environment),
    limits: {
      maxReservations: number('max-reservations', { from: 1, to: 100_000 }, DEFAULT_LIMITS.maxReservations),
      maxPerAddress: number('max-per-address', { from: 1, to: 100_000 }, DEFAULT_LIMITS.maxPerAddress),
      circuitMib: number('circuit-mib', { from: 1, to: 1024 * 1024 }, DEFAULT_LIMITS.circuitMib),
      circuitMinutes: number('circuit-minutes', { from: 1, to: CIRCUIT_MINUTES_MAX }, DEFAULT_LIMITS.circuitMinutes),
    },
    access,
    ...(values.members === undefined ? {} : { membersFile: values.members }),
    ...(certFile === undefined || keyFile === undefined ? {} : { certificate: { certFile, keyFile } }),
    ...(values.name === undefined ? {} : { name: values.name }),
    isJson: values.json === true,
  }
}

interface Range {
  readonly from: number
  readonly to: number
}

const PORT: Range = { from: 0, to: 65_535 }

function wholeNumber(name: string, text: string | undefined, { from, to }: Range, fallback: number): number {
  if (text === undefined) return fallback
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= from && value <= to)) throw new BadOption(`${name} is a whole number from ${from} to ${to}.`)
  return value
}

function host(text: string): string {
  const isAddress = /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || /^[0-9a-f]*:[0-9a-f:.]*$/i.test(text)
  if (!isAddress) throw new BadOption(`--host takes an IP address, not “${text}”.`)
  return text
}

function defaultData(environment: Readonly<Record<string, string | undefined>>): string {
  return join(environment['XDG_DATA_HOME'] ?? join(environment['HOME'] ?? homedir(), '.local/share'), 'sightline-relay')
}

function unknownArgument(error: unknown): string {
  const text = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)
  return `${text.replace(/\.$/, '')}. --help lists the options.`
}
