import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FUSES } from '../../../electron/packaging/fuses.ts'

/** How each fuse of the packaged app is to be set. */
export const WANTED: Readonly<Record<string, boolean>> = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
  wasmTrapHandlers: true,
}

/** electron-builder.yml as it is. */
export const BUILDER = readFileSync(join(import.meta.dirname, '../../../electron-builder.yml'), 'utf8')

/** The one fuse that electron-builder does not know yet; the packing sets it. */
export const SET_BY_PACKING = 'wasmTrapHandlers'

/** How a fuse is set by what the packing reads; undefined = by nothing. */
export function fuseIsSet(
  name: string,
  { builder = BUILDER, own = FUSES }: { readonly builder?: string; readonly own?: typeof FUSES } = {},
): boolean | undefined {
  if (name === SET_BY_PACKING) return own.find((fuse) => fuse.name === name)?.isOn
  const block = /^electronFuses:\n((?: .*\n|\n|#.*\n)+)/m.exec(builder)?.[1] ?? ''
  const found = new RegExp(`^  ${name}: (true|false)$`, 'm').exec(block)?.[1]
  return found === undefined ? undefined : found === 'true'
}
