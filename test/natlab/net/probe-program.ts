/** Runs on a machine of the lab and does with plain sockets what it is asked on stdin (probe.ts). */
import { createInterface } from 'node:readline'
import { connected, echoed, ended, knocked, listening, reflectTcp } from './probe-tcp.ts'
import { hear, reflectUdp, seen, send } from './probe-udp.ts'
import type { Question } from './probe-words.ts'

async function answer(question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'reflect':
      await reflectUdp(question.at)
      return await reflectTcp(question.at)
    case 'udp.send':
      return await send(question.from, question.to, question.text)
    case 'udp.hear':
      return await hear(question.at, question.from, question.withinMs)
    case 'udp.seen':
      return await seen(question)
    case 'tcp.connect':
      return await connected(question.from, question.to)
    case 'tcp.knock':
      return await knocked(question.to, question.meanwhile)
    case 'tcp.listen':
      return await listening(question.at)
    case 'tcp.end':
      return await ended(question.isReset)
    case 'tcp.echo':
      return await echoed(question.withinMs)
    case 'http': {
      const { soap } = question
      const headers = { SOAPAction: soap?.action ?? '', 'Content-Type': 'text/xml' }
      const response = await fetch(question.url, soap === undefined ? {} : { method: 'POST', headers, body: soap.body })
      return { status: response.status, body: await response.text() }
    }
  }
}

async function said(line: string): Promise<string> {
  try {
    // Written by probe.ts.
    return `ok ${JSON.stringify((await answer(JSON.parse(line) as Question)) ?? null)}`
  } catch (error) {
    return `error ${error instanceof Error ? error.message : String(error)}`
  }
}

// Questions are worked on at the same time, and answered in their order.
let before = Promise.resolve()
for await (const line of createInterface({ input: process.stdin })) {
  const answered = said(line)
  before = before.then(async () => console.log(await answered))
}
process.exit(0)
