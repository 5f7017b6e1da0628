/** What a probe is asked and what it answers (probe.ts asks, probe-program.ts answers): one line of JSON each. */

export interface Endpoint {
  readonly address: string
  readonly port: number
}

export interface Soap {
  readonly action: string
  readonly body: string
}

export type Question =
  /** Answers UDP and TCP on this address and port with the endpoint it sees. */
  | { readonly ask: 'reflect'; readonly at: Endpoint }
  /** Sends from a UDP port, opened on first use. */
  | { readonly ask: 'udp.send'; readonly from: number; readonly to: Endpoint; readonly text: string }
  /** The next unheard datagram on that port that came from `from` (absent: from anybody), or undefined. */
  | { readonly ask: 'udp.hear'; readonly at: number; readonly from?: Endpoint; readonly withinMs: number }
  /** Sends a datagram to a reflector and answers with what that says; undefined when it answers by TCP and not by UDP, or is too late. */
  | {
      readonly ask: 'udp.seen'
      readonly from: number
      readonly to: Endpoint
      /** How many routers the datagram may pass, and one. */
      readonly hops: number
      readonly withinMs: number
    }
  /** Connects from a local port to a reflector. */
  | { readonly ask: 'tcp.connect'; readonly from: number; readonly to: Endpoint }
  /** Connects to anybody. Silence is what still lasts when `meanwhile`, as far away, has long answered. */
  | { readonly ask: 'tcp.knock'; readonly to: Endpoint; readonly meanwhile: Endpoint }
  | { readonly ask: 'tcp.listen'; readonly at: number }
  /** Ends every connection: with FIN, or with RST. */
  | { readonly ask: 'tcp.end'; readonly isReset: boolean }
  /** Whether the first connection to a reflector still carries a word there and back. */
  | { readonly ask: 'tcp.echo'; readonly withinMs: number }
  /** Fetches a page, or posts a SOAP action; answers with the status and the body. */
  | { readonly ask: 'http'; readonly url: string; readonly soap?: Soap }

export interface Heard {
  readonly text: string
  readonly from: Endpoint
}

export type Connected =
  /** `seen` is what the reflector saw; undefined where it was none. */
  | { readonly outcome: 'connected'; readonly seen: Endpoint | undefined; readonly tookMs: number }
  | { readonly outcome: 'refused'; readonly tookMs: number }
  | { readonly outcome: 'silence' }
