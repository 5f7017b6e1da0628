import type { Attempt, AttemptOutcome, AttemptStage, Mechanism } from '../../shared/domain/attempt.ts'
import type { PeerId } from '../../shared/domain/peer.ts'
import { at, HARBOUR, INES_RELAY, id } from './fake-data.ts'

/** `['tcp-opened', 240]` or `['tcp-opened', 240, 'detail']` */
type StageRow = readonly [what: string, atMs: number, detail?: string]

let count = 0
const attempt = (
  mechanism: Mechanism,
  clock: string,
  tookMs: number | undefined,
  outcome: AttemptOutcome,
  stages: readonly StageRow[],
  peer?: PeerId,
): Attempt => ({
  id: `${++count}`,
  mechanism,
  startedAt: at(clock),
  outcome,
  stages: stages.map(
    ([what, atMs, detail]): AttemptStage => ({ what, atMs, ...(detail === undefined ? {} : { detail }) }),
  ),
  ...(tookMs === undefined ? {} : { endedAt: at(clock) + tookMs }),
  ...(peer === undefined ? {} : { peer }),
})

const reached = (address?: string): AttemptOutcome => ({
  state: 'succeeded',
  ...(address === undefined ? {} : { address }),
})
const LENA = id('Lena')
const LENA_AT_HOME = '/ip4/198.51.100.140/tcp/39218'

/** What was tried on the day of the pictures: the router opened a port until 14:12, and Lena went mobile at 14:21. */
export const attempts: readonly Attempt[] = [
  attempt('relay-place', '08:12:01', 92, reached(), [], HARBOUR),
  attempt('relay-place', '08:12:01', 131, reached(), [], INES_RELAY),
  attempt('port-mapping', '08:12:01', 1_604, reached('/ip4/203.0.113.7/tcp/41873'), [
    ['searching', 2],
    ['gateway-found', 904, 'IGDv2'],
    ['external-address', 1_210],
    ['mapped', 1_598],
  ]),
  attempt(
    'reachability',
    '08:12:04',
    480,
    reached('/ip4/203.0.113.7/tcp/41873'),
    [
      ['asked', 24, '/ip4/203.0.113.7/tcp/41873'],
      ['answered', 455, 'OK'],
      ['dialled-back', 456],
    ],
    HARBOUR,
  ),
  attempt('dial', '08:13:05', 96, reached('/ip4/198.51.100.24/tcp/41873'), [['answered', 94]], id('Dad')),
  attempt('reversal', '11:30:16', 1_310, { state: 'overtaken' }, [], id('Ines')),
  attempt(
    'tcp-punch',
    '11:30:17',
    284,
    reached('/ip4/198.51.100.61/tcp/40112'),
    [
      ['prepared', 3],
      ['stream-opened', 40],
      ['connect-sent', 42],
      ['connect-received', 83],
      ['sync-sent', 84],
      ['dialling', 105],
      ['tcp-opened', 190],
      ['upgraded', 262],
      ['answered', 283],
    ],
    id('Ines'),
  ),
  attempt(
    'tcp-punch',
    '13:40:02',
    292,
    reached(LENA_AT_HOME),
    [
      ['prepared', 2],
      ['connect-received', 45],
      ['connect-sent', 47],
      ['sync-received', 92],
      ['dialling', 93],
      ['tcp-opened', 181],
      ['upgraded', 270],
      ['answered', 291],
    ],
    LENA,
  ),
  attempt(
    'port-mapping',
    '14:12:00',
    1_340,
    { state: 'failed', reason: 'refused', detail: 'AddPortMapping: 606 Action not authorized' },
    [
      ['searching', 1],
      ['gateway-found', 610, 'IGDv2'],
      ['external-address', 900],
    ],
  ),
  attempt(
    'reachability',
    '14:13:02',
    5_040,
    { state: 'failed', reason: 'no-answer', detail: 'E_DIAL_ERROR' },
    [
      ['asked', 25, '/ip4/203.0.113.7/tcp/41873'],
      ['answered', 5_036, 'E_DIAL_ERROR'],
    ],
    HARBOUR,
  ),
  attempt(
    'reversal',
    '14:21:07',
    8_000,
    { state: 'failed', reason: 'no-answer', detail: `connect ETIMEDOUT ${LENA_AT_HOME}` },
    [['dialling', 2]],
    LENA,
  ),
  attempt(
    'tcp-punch',
    '14:21:08',
    10_260,
    { state: 'failed', reason: 'no-answer', detail: 'no TCP connection in 3 attempts' },
    [
      ['prepared', 4],
      ['stream-opened', 52],
      ['connect-sent', 53],
      ['connect-received', 97],
      ['sync-sent', 98],
      ['dialling', 120],
      ['prepared', 3_190, 'attempt 2'],
      ['dialling', 3_330],
      ['prepared', 6_410, 'attempt 3'],
      ['dialling', 6_560],
    ],
    LENA,
  ),
  attempt(
    'relay-place',
    '14:25:10',
    64,
    { state: 'failed', reason: 'refused', detail: 'RESERVATION_REFUSED: 128 of 128 places taken' },
    [],
    id('third'),
  ),
  attempt(
    'tcp-punch',
    '14:25:59',
    undefined,
    { state: 'running' },
    [
      ['prepared', 5],
      ['stream-opened', 55],
      ['connect-sent', 57],
      ['connect-received', 101],
      ['sync-sent', 102],
      ['dialling', 125],
    ],
    LENA,
  ),
]

/** One of every outcome there is, with Lena, and what an odd network may hand on. */
export const everyOutcome: readonly Attempt[] = [
  ...(
    [
      ['dial', 'no-address'],
      ['reversal', 'no-answer'],
      ['tcp-punch', 'refused'],
      ['tcp-punch', 'not-supported'],
      ['tcp-punch', 'bad-answer'],
      ['tcp-punch', 'cut-off'],
      ['tcp-punch', 'cannot-work'],
      ['port-mapping', 'no-gateway'],
      ['port-mapping', 'double-nat'],
    ] as const
  ).map(([mechanism, reason], index) =>
    attempt(
      mechanism,
      `13:5${index}:00`,
      index * 700,
      { state: 'failed', reason, detail: `${'a-long-term-without-a-break'.repeat(4)} ${reason}` },
      [['something-new', index * 300, 'the stage has no words yet']],
      LENA,
    ),
  ),
  attempt('reversal', '14:20:00', undefined, { state: 'running' }, [], LENA),
]
