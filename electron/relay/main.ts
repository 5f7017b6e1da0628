import { RelayStartError } from '../network/relay-server/start-error.ts'
import { membersFromFile } from './access.ts'
import { readCertificate } from './certificate.ts'
import { loadOrCreateSeed } from './key.ts'
import { relayLimits } from './limits.ts'
import { jsonLine, plainLine, problemSentence, type RelayEvent, startedText } from './lines.ts'
import { HELP, parseOptions, type RelayOptions } from './options.ts'
import { createRelay, type RunningRelay } from './relay.ts'

// The relay program: command line -> relay -> lines. Exit codes: 0 stopped, 1 could not start, 2 wrong command line.

/** Refusals are told as they grow, at most this often: a flood of them must not fill the journal. */
const TELL_REFUSALS_EVERY_MS = 1_000
const CERTIFICATE_SOON_MS = 14 * 24 * 3600 * 1000

// Whoever read our lines may be gone; that is no reason to end people's circuits.
process.stdout.on('error', () => undefined)

const parsed = parseOptions(process.argv.slice(2), process.env)
if (parsed.kind === 'help') {
  console.log(HELP)
} else if (parsed.kind === 'error') {
  console.error(parsed.sentence)
  process.exitCode = 2
} else {
  await run(parsed.options)
}

async function run(options: RelayOptions): Promise<void> {
  const tell = (event: RelayEvent) => console.log(options.isJson ? jsonLine(event) : plainLine(event))
  let relay: RunningRelay
  try {
    relay = await start(options, tell)
  } catch (error) {
    if (!(error instanceof RelayStartError)) throw error
    const sentence = problemSentence(error.problem, error.subject)
    if (options.isJson) tell({ event: 'failed', problem: error.problem, sentence })
    console.error(sentence)
    process.exit(1)
  }
  if (options.isJson) tell({ event: 'started', ...startedFields(relay) })
  else console.log(startedText(relay, options.name))

  const stopTelling = tellRefusals(relay, tell)
  let isStopping = false
  const stop = async (signal: string) => {
    if (isStopping) return
    isStopping = true
    stopTelling()
    await relay.stop()
    tell({ event: 'stopped', signal })
    // What libp2p still waits for (a peer that does not answer a goodbye) must not keep the process.
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop('SIGTERM'))
  process.on('SIGINT', () => void stop('SIGINT'))
  // Started by another program that is gone now, a test or the demo: nobody is left to stop it.
  if (process.connected === true) process.once('disconnect', () => void stop('disconnect'))
}

async function start(options: RelayOptions, tell: (event: RelayEvent) => void): Promise<RunningRelay> {
  const seed = loadOrCreateSeed(options.dataDirectory)
  const certificate = options.certificate && readCertificate(options.certificate.certFile, options.certificate.keyFile)
  if (certificate !== undefined && certificate.validUntil - Date.now() < CERTIFICATE_SOON_MS)
    tell({ event: 'warned', sentence: `The certificate ends on ${new Date(certificate.validUntil).toUTCString()}.` })

  const members = options.membersFile === undefined ? undefined : membersFromFile(options.membersFile)
  if (members !== undefined) {
    process.on('SIGHUP', () => {
      try {
        members.reload()
        tell({ event: 'members-reloaded', members: members.count() })
      } catch (error) {
        if (!(error instanceof RelayStartError)) throw error
        const sentence = problemSentence(error.problem, error.subject)
        tell({ event: 'warned', sentence: `${sentence} The list read before stays in force.` })
      }
    })
  }
  return createRelay({
    seed,
    hosts: options.hosts,
    port: options.port,
    wsPort: options.wsPort,
    stunPort: options.stunPort,
    metricsPort: options.metricsPort,
    announce: options.announce,
    limits: relayLimits(options.limits),
    ...(certificate && { certificate: { cert: certificate.cert, key: certificate.key } }),
    ...(members && { access: members.access }),
    ...(options.name === undefined ? {} : { name: options.name }),
    onReservation: ({ peer, change, expiresAt }) => {
      if (change === 'reserved' && expiresAt !== undefined) tell({ event: 'reserved', peer, expiresAt })
      if (change === 'ended') tell({ event: 'reservation-ended', peer })
    },
  })
}

function startedFields(relay: RunningRelay) {
  return {
    id: relay.id,
    addresses: relay.addresses,
    metricsUrl: relay.metricsUrl,
    stun: relay.counters().stun.endpoints,
  }
}

function tellRefusals(relay: RunningRelay, tell: (event: RelayEvent) => void): () => void {
  const told = new Map<string, number>()
  const timer = setInterval(() => {
    for (const [key, count] of Object.entries(relay.counters().refused)) {
      if (told.get(key) === count) continue
      told.set(key, count)
      const [what = '', cause = ''] = key.split(':')
      tell({ event: 'refused', what, cause, count })
    }
  }, TELL_REFUSALS_EVERY_MS)
  return () => clearInterval(timer)
}
