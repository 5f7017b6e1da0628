import type { CameraFailure } from '../../words/english/scan.ts'

/** A camera that runs until it is stopped. */
export interface Camera {
  readonly stream: MediaStream
  stop(): void
}

type Devices = Pick<MediaDevices, 'getUserMedia'>

/** Asks for the camera. Pictures only, never sound; the stream stays in this page. */
export async function startCamera(devices: Devices | undefined, onGone: () => void): Promise<Camera | CameraFailure> {
  // A page that was not opened securely has no cameras at all.
  if (devices === undefined) return 'absent'
  try {
    const stream = await devices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1280 } },
      audio: false,
    })
    // Unplugged, or taken away in the system's settings. A stop of our own is not told.
    for (const track of stream.getTracks()) track.addEventListener('ended', onGone)
    return {
      stream,
      stop() {
        for (const track of stream.getTracks()) {
          track.removeEventListener('ended', onGone)
          track.stop()
        }
      },
    }
  } catch (error) {
    return failureOf(error instanceof Error ? error.name : '')
  }
}

function failureOf(name: string): CameraFailure {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'absent'
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use'
    default:
      return 'failed'
  }
}

/** How long a camera may run while its window is not looked at. */
export const AWAY_MAX_MS = 60_000

/** Calls back once when the window had no focus for so long; the returned function ends the watch. */
export function watchAway(
  target: Pick<Window, 'addEventListener' | 'removeEventListener'>,
  hasFocus: boolean,
  onAway: () => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const leave = () => {
    clearTimeout(timer)
    timer = setTimeout(onAway, AWAY_MAX_MS)
  }
  const back = () => clearTimeout(timer)
  target.addEventListener('blur', leave)
  target.addEventListener('focus', back)
  if (!hasFocus) leave()
  return () => {
    clearTimeout(timer)
    target.removeEventListener('blur', leave)
    target.removeEventListener('focus', back)
  }
}
