import { useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { ErrorLine } from '../../ui/field.tsx'
import type { CameraState } from '../../words/english/scan.ts'
import { words } from '../../words/words.ts'
import { type Camera, startCamera, watchAway } from './camera.ts'
import type { Decoder } from './decoder.ts'

const BETWEEN_LOOKS_MS = 150

/** The live picture of the camera, after a press. The pictures never leave the page. */
export function CameraView({
  decoder,
  onText,
}: {
  readonly decoder: Decoder
  readonly onText: (text: string) => void
}) {
  const { scan } = words.people
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<CameraState>('off')
  const isWanted = state === 'asking' || state === 'on'
  const heard = useRef(onText)
  heard.current = onText

  useEffect(() => {
    if (!isWanted) return
    let camera: Camera | undefined
    let isOver = false
    const end = (next: CameraState) => {
      isOver = true
      camera?.stop()
      setState(next)
    }
    const stopWatching = watchAway(window, document.hasFocus(), () => end('away'))
    void startCamera(navigator.mediaDevices, () => end('gone')).then(async (started) => {
      if (typeof started === 'string') return isOver ? undefined : setState(started)
      camera = started
      const shown = video.current
      if (isOver || shown === null) return started.stop()
      shown.srcObject = started.stream
      // Taken away while it began: the loop below ends with it.
      await shown.play().catch(() => undefined)
      setState('on')
      while (!isOver) {
        const text = await lookAt(shown, decoder)
        if (text !== undefined && !isOver) heard.current(text)
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS))
      }
    })
    return () => {
      isOver = true
      camera?.stop()
      stopWatching()
    }
  }, [isWanted, decoder])

  return (
    <div className="camera">
      {isWanted ? <video ref={video} muted playsInline aria-label={scan.cameraLabel} /> : null}
      {state === 'off' || isWanted ? null : <ErrorLine>{scan.camera[state]}</ErrorLine>}
      <div className="acts">
        {isWanted ? (
          <Button onClick={() => setState('off')}>{scan.cameraStop}</Button>
        ) : (
          <Button onClick={() => setState('asking')}>{scan.cameraStart}</Button>
        )}
        <span className="s13 soft" role="status">
          {isWanted ? scan.camera[state] : ''}
        </span>
      </div>
    </div>
  )
}

async function lookAt(video: HTMLVideoElement, decoder: Decoder): Promise<string | undefined> {
  // No picture has come yet.
  if (video.videoWidth === 0) return undefined
  try {
    const seen = await decoder.look(await createImageBitmap(video))
    return seen.kind === 'done' ? seen.text : undefined
  } catch {
    // The stream ended between two pictures.
    return undefined
  }
}
