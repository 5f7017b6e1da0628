// Electron looks for its fuses behind these bytes in its own binary: sentinel, version, count, then one byte for each fuse
// (https://www.electronjs.org/docs/latest/tutorial/fuses, "The hard way").
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
const WIRE_VERSION = 1
const OFF = 0x30
const ON = 0x31

/**
 * Every fuse of Electron 45 in the order of its wire, and how ours are set. electron-builder sets the first eight from
 * electron-builder.yml; it does not know the ninth yet (26.17 brings @electron/fuses 1.8), so the packing sets that one itself.
 */
export const FUSES: readonly { readonly name: string; readonly isOn: boolean }[] = [
  { name: 'runAsNode', isOn: false },
  { name: 'enableCookieEncryption', isOn: true },
  { name: 'enableNodeOptionsEnvironmentVariable', isOn: false },
  { name: 'enableNodeCliInspectArguments', isOn: false },
  { name: 'enableEmbeddedAsarIntegrityValidation', isOn: true },
  { name: 'onlyLoadAppFromAsar', isOn: true },
  { name: 'loadBrowserProcessSpecificV8Snapshot', isOn: false },
  { name: 'grantFileProtocolExtraPrivileges', isOn: false },
  { name: 'wasmTrapHandlers', isOn: true },
]
const SET_BY_US = 8

/** A wire with every fuse the other way round than ours: whoever reads it back sees that each was set. */
export function unsetWire(): Buffer {
  return Buffer.concat([
    SENTINEL,
    Buffer.from([WIRE_VERSION, FUSES.length]),
    Buffer.from(FUSES.map(({ isOn }) => (isOn ? OFF : ON))),
  ])
}

/**
 * Sets in place the fuses electron-builder does not know. Throws when the wire is not the one above: a fuse more is a
 * decision nobody has taken yet. A universal binary of macOS holds two wires.
 */
export function setRemainingFuses(binary: Buffer): void {
  let at = binary.indexOf(SENTINEL)
  if (at < 0) throw new Error('no fuse wire in the Electron binary')
  for (; at >= 0; at = binary.indexOf(SENTINEL, at + 1)) {
    const wire = at + SENTINEL.length
    const [version, count] = [binary[wire], binary[wire + 1]]
    if (version !== WIRE_VERSION || count !== FUSES.length)
      throw new Error(
        `the Electron binary has ${count} fuses (wire version ${version}), and electron/packaging/fuses.ts decides on ${FUSES.length}`,
      )
    for (const [index, { isOn }] of FUSES.entries()) {
      if (index >= SET_BY_US) binary[wire + 2 + index] = isOn ? ON : OFF
    }
  }
}
