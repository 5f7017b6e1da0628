/** What the worker is asked. A frame of the camera is handed over, a file is only lent. */
export interface Job {
  readonly id: number
  readonly picture: Blob | ImageBitmap
}

/** What came of looking: no `text` = no code in it. */
export type Seen =
  | { readonly kind: 'done'; readonly text?: string | undefined }
  | { readonly kind: 'unreadable' | 'too-slow' | 'stopped' }

/** Looks for QR codes beside the page. */
export interface Decoder {
  look(picture: Blob | ImageBitmap): Promise<Seen>
  stop(): void
}

const LOOK_MAX_MS = 15_000

/** Starts a worker at the first picture. One that takes too long is ended, and the next picture gets a new one. */
export function createDecoder(
  startWorker: () => Worker = () => new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' }),
): Decoder {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, (seen: Seen) => void>()

  function end(kind: 'too-slow' | 'stopped' | 'unreadable'): void {
    worker?.terminate()
    worker = undefined
    const answers = [...waiting.values()]
    waiting.clear()
    for (const answer of answers) answer({ kind })
  }

  function running(): Worker {
    if (worker !== undefined) return worker
    worker = startWorker()
    worker.onmessage = ({ data }: MessageEvent<{ id: number; seen: Seen }>) => {
      waiting.get(data.id)?.(data.seen)
      waiting.delete(data.id)
    }
    worker.onerror = () => end('unreadable')
    return worker
  }

  return {
    look(picture) {
      const id = ++lastId
      return new Promise((resolve) => {
        const timer = setTimeout(() => end('too-slow'), LOOK_MAX_MS)
        waiting.set(id, (seen) => {
          clearTimeout(timer)
          resolve(seen)
        })
        const job: Job = { id, picture }
        running().postMessage(job, picture instanceof Blob ? [] : [picture])
      })
    },
    stop: () => end('stopped'),
  }
}
