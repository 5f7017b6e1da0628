import { connectDevTools, type DevTools } from './devtools.ts'
import { STAND_IN } from './environment.ts'

/** A Chromium, and in it a profile of this program's own: nothing is shared with others that use the same Chromium. */
export interface OwnChromium {
  readonly devTools: DevTools
  readonly browserContextId: string
}

/** Connected once per process. The profile and all its tabs end with the connection. */
export const chromium: Promise<OwnChromium> = begin()

async function begin(): Promise<OwnChromium> {
  const address = process.env[STAND_IN.chromium]
  if (address === undefined) throw new Error(`stand-in: ${STAND_IN.chromium} is not set`)
  const devTools = await connectDevTools(address)
  const { browserContextId } = await devTools.send('Target.createBrowserContext', { disposeOnDetach: true })
  // Whether the page may have something is asked of the app (permissions-in-page.ts), not of Chromium.
  const permissions = ['videoCapture', 'audioCapture', 'notifications', 'clipboardReadWrite', 'geolocation']
  await devTools.send('Browser.grantPermissions', { browserContextId, permissions })
  return { devTools, browserContextId }
}
