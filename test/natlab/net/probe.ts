import { join } from 'node:path'
import { startLineProgram } from './line-program.ts'
import type { Connected, Endpoint, Heard, Question, Soap } from './probe-words.ts'
import type { Site } from './types.ts'

const PROGRAM = join(import.meta.dirname, 'probe-program.ts')

/** Plain sockets on a machine of the lab: shows what the network does before anything built on it runs. */
export interface Probe {
  /** Answers whoever sends there, UDP or TCP, with the endpoint it sees. */
  reflect(at: Endpoint): Promise<void>
  send(from: number, to: Endpoint, text?: string): Promise<void>
  /**
   * What a reflector sees of a UDP port. Undefined = it answers by TCP and not by UDP, which is certain however slow the
   * machine is, or (`withinMs`) not at all.
   */
  seen(
    from: number,
    to: Endpoint,
    options?: { readonly hops?: number; readonly withinMs?: number },
  ): Promise<Endpoint | undefined>
  /** The next datagram at that port; undefined = none came in time. */
  hear(at: number, options?: { readonly from?: Endpoint; readonly withinMs?: number }): Promise<Heard | undefined>
  /** Connects to a reflector and says what it saw. */
  connect(from: number, to: Endpoint): Promise<Connected>
  /** Connects to anybody; silence is what still lasts when the reflector `meanwhile`, as far away, has long answered. */
  knock(to: Endpoint, meanwhile: Endpoint): Promise<Connected>
  listen(at: number): Promise<void>
  end(how: 'fin' | 'reset'): Promise<void>
  /** Whether the first connection still carries data there and back. */
  echoes(withinMs: number): Promise<boolean>
  /** Fetches a page, or with `soap` posts an action. */
  http(url: string, soap?: Soap): Promise<{ readonly status: number; readonly body: string }>
  stop(): Promise<void>
}

/** Starts one; it ends with `stop`, or when this process does. */
export function startProbe(site: Site): Probe {
  const program = startLineProgram([...site.through, process.execPath, PROGRAM])
  async function ask<Answer>(question: Question): Promise<Answer> {
    // The program answers each question in the words of probe-words.ts.
    return JSON.parse(await program.ask(JSON.stringify(question))) as Answer
  }
  return {
    reflect: (at) => ask({ ask: 'reflect', at }),
    send: (from, to, text = 'probe') => ask({ ask: 'udp.send', from, to, text }),
    hear: async (at, { from, withinMs = 300 } = {}) =>
      (await ask<Heard | null>({ ask: 'udp.hear', at, withinMs, ...(from === undefined ? {} : { from }) })) ??
      undefined,
    seen: async (from, to, { hops = 64, withinMs = 20_000 } = {}) =>
      (await ask<Endpoint | null>({ ask: 'udp.seen', from, to, hops, withinMs })) ?? undefined,
    connect: (from, to) => ask({ ask: 'tcp.connect', from, to }),
    knock: (to, meanwhile) => ask({ ask: 'tcp.knock', to, meanwhile }),
    listen: (at) => ask({ ask: 'tcp.listen', at }),
    end: (how) => ask({ ask: 'tcp.end', isReset: how === 'reset' }),
    echoes: (withinMs) => ask({ ask: 'tcp.echo', withinMs }),
    http: (url, soap) => ask({ ask: 'http', url, ...(soap === undefined ? {} : { soap }) }),
    stop: () => program.stop(),
  }
}
