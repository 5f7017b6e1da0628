import { chromium } from './chromium.ts'

/** Tabs that a page opened: kept or closed by what the app decided. */
interface Popups {
  /** Makes a tab that is no pop-up. */
  own(make: () => Promise<string>): Promise<string>
  /** The app decided about the next tab that a page opens. */
  decided(isAllowed: boolean): void
}

/** Decision and tab come from different processes of Chromium, in either order; each waits for the other. */
function createPopups(): Popups {
  const ours = new Set<string>()
  const opened: string[] = []
  const decisions: boolean[] = []
  let making = 0
  let isListening = false

  const settle = async () => {
    const { devTools } = await chromium
    while (opened.length > 0 && decisions.length > 0) {
      const targetId = opened.shift()
      if (decisions.shift() === false) await devTools.send('Target.closeTarget', { targetId }).catch(() => undefined)
    }
  }
  const listen = async () => {
    if (isListening) return
    isListening = true
    const { devTools, browserContextId } = await chromium
    devTools.on('Target.targetCreated', ({ targetInfo }) => {
      const isPopup = targetInfo['type'] === 'page' && targetInfo['browserContextId'] === browserContextId
      if (!isPopup || making > 0 || ours.has(targetInfo['targetId'])) return
      opened.push(targetInfo['targetId'])
      void settle()
    })
    await devTools.send('Target.setDiscoverTargets', { discover: true })
  }
  return {
    async own(make) {
      await listen()
      making += 1
      try {
        const targetId = await make()
        ours.add(targetId)
        return targetId
      } finally {
        making -= 1
      }
    },
    decided(isAllowed) {
      decisions.push(isAllowed)
      void settle()
    },
  }
}

export const popups: Popups = createPopups()
