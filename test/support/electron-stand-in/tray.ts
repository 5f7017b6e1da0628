import { EventEmitter } from 'node:events'
import type { Menu } from './menu.ts'

/** The icons in the tray now. */
export const trays: Tray[] = []

/** An icon in the tray; a test presses it with `emit('click')`, and its menu's entries. */
export class Tray extends EventEmitter {
  image: unknown
  toolTip = ''
  menu: Menu | null = null

  constructor(image: unknown) {
    super()
    this.image = image
    trays.push(this)
  }
  setImage(image: unknown): void {
    this.image = image
  }
  setToolTip(text: string): void {
    this.toolTip = text
  }
  setContextMenu(menu: Menu | null): void {
    this.menu = menu
  }
  isDestroyed = (): boolean => !trays.includes(this)
  destroy(): void {
    const place = trays.indexOf(this)
    if (place >= 0) trays.splice(place, 1)
  }
}
