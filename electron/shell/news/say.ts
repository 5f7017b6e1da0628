import type { NativeNotifications } from './notifications.ts'

/** Says one sentence of the app itself, where there may be no window to say it in. */
export type Say = (sentence: string) => void

/** A notification, or where the system has none a small dialog. Nothing waits for an answer. */
export function createSay({
  Notification,
  showDialog,
}: {
  readonly Notification: NativeNotifications
  /** Resolves when it was closed. */
  readonly showDialog: (sentence: string) => Promise<void>
}): { readonly say: Say; stop(): void } {
  // Kept until it is closed: one that is collected as garbage disappears from the screen.
  let shown: { close(): void } | undefined
  let isDialogShown = false
  return {
    say(sentence) {
      if (!Notification.isSupported()) {
        // One at a time: whoever is away for an hour does not come back to a hundred.
        if (isDialogShown) return
        isDialogShown = true
        void showDialog(sentence).finally(() => {
          isDialogShown = false
        })
        return
      }
      shown?.close()
      const notification = new Notification({ title: 'Sightline', body: sentence })
      shown = notification
      notification.show()
    },
    stop() {
      shown?.close()
      shown = undefined
    },
  }
}
