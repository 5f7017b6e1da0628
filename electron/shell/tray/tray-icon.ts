import { join } from 'node:path'
import { Menu, nativeImage, Tray } from 'electron'
import type { Shell } from '../../../shared/contract/views.ts'
import type { NativeWords } from '../words/words.ts'
import type { TrayDrawing, TrayIcon } from './tray.ts'

/** Where the small icons lie in an installation. */
export const iconFile = (root: string, name: string): string => join(root, 'electron', 'icons', `${name}.png`)

/** An icon in the system's tray, with its menu. */
export function makeTrayIcon({
  root,
  platform,
  words,
  open,
  lock,
  quit,
}: {
  readonly root: string
  readonly platform: Shell['platform']
  readonly words: () => NativeWords
  readonly open: () => void
  readonly lock: () => void
  readonly quit: () => void
}): TrayIcon {
  const image = (drawing: TrayDrawing) => {
    const drawn = nativeImage.createFromPath(iconFile(root, `tray-${drawing}`))
    // macOS takes the shape only, and gives it the colour of its menu bar.
    if (platform === 'macos') drawn.setTemplateImage(true)
    return drawn
  }
  const tray = new Tray(image('none'))
  // On macOS a press opens the menu, as everywhere in that bar.
  if (platform !== 'macos') tray.on('click', open)
  return {
    show({ drawing, tooltip, state, canLock }) {
      const said = words()
      tray.setImage(image(drawing))
      tray.setToolTip(tooltip)
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: said.open, click: open },
          { type: 'separator' },
          { label: state, enabled: false },
          ...(canLock ? [{ label: said.lock, click: lock }] : []),
          { type: 'separator' },
          { label: said.quit, click: quit },
        ]),
      )
    },
    destroy: () => tray.destroy(),
  }
}
