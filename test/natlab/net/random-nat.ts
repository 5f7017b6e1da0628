import { type LineProgram, startLineProgram } from './line-program.ts'
import { compiled, throughNamespace } from './programs.ts'

/** How long a mapping lives without a packet from inside; RFC 4787 REQ-5 asks for two minutes at least. */
const UDP_EXPIRES_AFTER_S = 120
const TCP_EXPIRES_AFTER_S = 7_440

/** Starts the NAT of a `random` router (random-nat.c, compiled on first use) on its interface `nat`; `forget` empties it. */
export async function startRandomNat(router: string, outerAddress: string): Promise<LineProgram> {
  const program = await compiled('random-nat.c')
  const limits = [String(UDP_EXPIRES_AFTER_S), String(TCP_EXPIRES_AFTER_S)]
  const nat = startLineProgram([...throughNamespace(router), program, 'nat', outerAddress, ...limits])
  await nat.ask('ready')
  return nat
}
