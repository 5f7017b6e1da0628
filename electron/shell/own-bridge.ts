import { createFrameBridge, type FrameBridge } from '../../shared/contract/frame-bridge.ts'
import type { App } from '../app/app.ts'

/** The contract for the shell's own parts: tray, badge and notifications know what a window could know, and no more. */
export interface OwnBridge extends FrameBridge {
  stop(): void
}

/** Speaks the contract inside the process, through the same door as every window. */
export function createOwnBridge(app: Pick<App, 'serve'>): OwnBridge {
  const bridge = createFrameBridge((text) => caller.receive(text))
  const caller = app.serve({
    send: (text) => bridge.receive(text),
    refuse(reason) {
      // Both ends are ours: this cannot happen to a shell without a bug.
      throw new Error(`the shell's own frame was refused: ${reason}`)
    },
  })
  return {
    ...bridge,
    stop() {
      caller.close()
      bridge.close()
    },
  }
}
