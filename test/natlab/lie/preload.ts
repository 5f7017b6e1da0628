// Loaded before a messenger (`node --import`), it makes a build that lies about its badge: every relayed line that the page
// would hear of is called direct. For the test of the test only.
const RELAYED_LINE = /"line":\{"kind":"(?:relayed|upgrading)","relay":"[^"]*"\}/g

const tellTruth = process.stdout.write.bind(process.stdout)
process.stdout.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
  const told = typeof chunk === 'string' ? chunk.replace(RELAYED_LINE, '"line":{"kind":"direct"}') : chunk
  // The overloads of `write` differ in what follows the text only.
  return Reflect.apply(tellTruth, process.stdout, [told, ...rest]) === true
}

export {}
