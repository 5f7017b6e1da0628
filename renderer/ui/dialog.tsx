import { type ReactNode, type RefObject, useId, useLayoutEffect, useRef, useSyncExternalStore } from 'react'

let openDialogs = 0
const listeners = new Set<() => void>()
const count = (change: 1 | -1) => {
  openDialogs += change
  for (const listener of listeners) listener()
}

/** Shows a dialog above everything as long as it is drawn. The browser keeps the focus inside and gives it back afterwards. */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  // Before the element is taken out of the page: a dialog that is gone gives no focus back.
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    count(1)
    return () => {
      shown?.close()
      count(-1)
    }
  }, [])
  return dialog
}

/** Whether a dialog wants an answer now: then no other key works. */
export const isDialogOpen = (): boolean => openDialogs > 0

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The same for a component, which is drawn again when that changes. */
export const useIsDialogOpen = (): boolean => useSyncExternalStore(subscribe, isDialogOpen)

/** What floats above the page and wants an answer. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  readonly title: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const dialog = useModal()
  const id = useId()
  return (
    <dialog
      className="layer"
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  )
}
