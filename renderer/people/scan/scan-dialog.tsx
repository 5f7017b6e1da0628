import { useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorLine } from '../../ui/field.tsx'
import { words } from '../../words/words.ts'
import { CameraView } from './camera-view.tsx'
import { createDecoder, type Decoder } from './decoder.ts'
import { refusalOf } from './picture.ts'

/** Reads a QR code from a picture that is chosen, dropped or pasted, or from the camera after a press. */
export function ScanDialog({
  title,
  hint,
  onText,
  onClose,
}: {
  readonly title: string
  readonly hint: string
  /** Takes the text, or says in a sentence why it is not what was looked for. */
  readonly onText: (text: string) => string | undefined
  readonly onClose: () => void
}) {
  const { people, shell } = words
  const { scan } = people
  const decoder = useDecoder()
  const [isBusy, setIsBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const picker = useRef<HTMLInputElement>(null)
  const taken = (text: string) => setTrouble(onText(text))

  const read = async (picture: Blob) => {
    setIsBusy(true)
    setTrouble(undefined)
    const refusal = await refusalOf(picture).catch(() => 'not-a-picture' as const)
    const seen = refusal === undefined ? await decoder.look(picture) : undefined
    setIsBusy(false)
    if (refusal !== undefined) setTrouble(scan.refused[refusal])
    else if (seen?.kind === 'done' && seen.text !== undefined) taken(seen.text)
    else if (seen?.kind !== 'stopped') setTrouble(scan.nothing[seen?.kind ?? 'unreadable'])
  }
  useGiven({ onPicture: read, onText: taken, onNothing: () => setTrouble(scan.refused['not-a-picture']) })

  return (
    <Dialog title={title} onClose={onClose}>
      <p className="soft">{hint}</p>
      <div className="drop">
        <p className="s13 soft">{scan.drop}</p>
        <input
          ref={picker}
          type="file"
          accept="image/png,image/jpeg,image/webp,image/gif,image/bmp"
          hidden
          aria-label={scan.choose}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            // So that the same file can be chosen again.
            event.target.value = ''
            if (file !== undefined) void read(file)
          }}
        />
        <Button disabled={isBusy} onClick={() => picker.current?.click()}>
          {scan.choose}
        </Button>
        <span className="s13 soft" role="status">
          {isBusy ? scan.looking : ''}
        </span>
      </div>
      <CameraView decoder={decoder} onText={taken} />
      {trouble === undefined ? null : <ErrorLine>{trouble}</ErrorLine>}
      <div className="acts end">
        <Button kind="flat" onClick={onClose}>
          {shell.cancel}
        </Button>
      </div>
    </Dialog>
  )
}

function useDecoder(): Decoder {
  const [decoder] = useState(() => createDecoder())
  useEffect(() => decoder.stop, [decoder])
  return decoder
}

interface Given {
  readonly onPicture: (picture: Blob) => void
  readonly onText: (text: string) => void
  readonly onNothing: () => void
}

/** Hears what is pasted or dropped anywhere on the window while the dialog is open. */
function useGiven(given: Given): void {
  const now = useRef(given)
  now.current = given
  useEffect(() => {
    const take = (data: DataTransfer | null) => {
      const { onPicture, onText, onNothing } = now.current
      const file = [...(data?.files ?? [])][0]
      const text = data?.getData('text/plain') ?? ''
      if (file !== undefined) onPicture(file)
      else if (text.trim() !== '') onText(text)
      else onNothing()
    }
    // Neither the browser, which would open a file in place of the page, nor the window's own guard gets to see it.
    const keep = (event: Event) => {
      event.preventDefault()
      event.stopPropagation()
    }
    const onPaste = (event: ClipboardEvent) => {
      keep(event)
      take(event.clipboardData)
    }
    const onDrop = (event: DragEvent) => {
      keep(event)
      take(event.dataTransfer)
    }
    const onDragOver = (event: DragEvent) => {
      keep(event)
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
    }
    document.addEventListener('paste', onPaste)
    document.addEventListener('drop', onDrop)
    document.addEventListener('dragover', onDragOver)
    return () => {
      document.removeEventListener('paste', onPaste)
      document.removeEventListener('drop', onDrop)
      document.removeEventListener('dragover', onDragOver)
    }
  }, [])
}
