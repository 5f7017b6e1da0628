import type { WorldBridge } from './worlds.ts'

/**
 * Asks the app, by Electron's rules, before the page is given what Chromium would give it. Travels into the page as text,
 * so it refers to nothing outside itself.
 */
export function permissionsInPage(other: WorldBridge): void {
  const denied = () => new DOMException('Permission denied', 'NotAllowedError')
  const isGranted = async (permission: string, details: object = {}) =>
    (await other.call('permission', permission, details)) === true
  const { mediaDevices } = navigator
  if (mediaDevices !== undefined) {
    const original = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async (wanted) => {
      const mediaTypes = [...(wanted?.video ? ['video'] : []), ...(wanted?.audio ? ['audio'] : [])]
      if (!(await isGranted('media', { mediaTypes }))) throw denied()
      return original(wanted)
    }
  }
  if (typeof Notification !== 'undefined')
    Notification.requestPermission = async () => ((await isGranted('notifications')) ? 'granted' : 'denied')
  const { geolocation, clipboard } = navigator
  if (geolocation !== undefined) {
    const original = geolocation.getCurrentPosition.bind(geolocation)
    geolocation.getCurrentPosition = (found, failed, options) => {
      void isGranted('geolocation').then((granted) => {
        if (granted) original(found, failed, options)
        else failed?.({ code: 1, message: 'denied', PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3 })
      })
    }
  }
  if (clipboard !== undefined) {
    const original = clipboard.readText.bind(clipboard)
    clipboard.readText = async () => {
      if (!(await isGranted('clipboard-read'))) throw denied()
      return original()
    }
  }
}
