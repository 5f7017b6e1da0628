import type { MappingBehaviour } from '../../../shared/domain/nat-report.ts'
import { NatReport as NatReportFrame } from './report.pb.js'

/** What we tell contacts about the way to us. No address is in it. */
export interface OwnReport {
  readonly mapping: MappingBehaviour
  /** We have a verified public or mapped address: whoever knows it can dial us. */
  readonly isReachable: boolean
}

/** What a contact told us last. */
export type PeerReport = OwnReport

/** A report with the number that says which of two is newer. */
export interface NumberedReport {
  readonly report: OwnReport
  readonly number: number
}

/** Longest frame read, in bytes; ours have 12. */
export const REPORT_MAX_BYTES = 64

const MAPPINGS: readonly MappingBehaviour[] = ['unknown', 'endpoint-independent', 'endpoint-dependent']

/** One frame of `/sightline/nat/1`. */
export function encodeReport({ report, number }: NumberedReport): Uint8Array {
  return NatReportFrame.encode({
    mapping: MAPPINGS.indexOf(report.mapping),
    reachable: report.isReachable,
    number,
  })
}

/** Reads such a frame; `undefined` when it is none. */
export function decodeReport(frame: Uint8Array): NumberedReport | undefined {
  if (frame.byteLength > REPORT_MAX_BYTES) return undefined
  try {
    const { mapping, reachable, number } = NatReportFrame.decode(frame)
    if (!Number.isSafeInteger(number) || number <= 0) return undefined
    return { report: { mapping: MAPPINGS[mapping] ?? 'unknown', isReachable: reachable }, number }
  } catch {
    return undefined
  }
}

/** Do two reports say the same? */
export function isSameReport(a: OwnReport | undefined, b: OwnReport | undefined): boolean {
  return a?.mapping === b?.mapping && a?.isReachable === b?.isReachable
}
