import { BrowserWindow } from './browser-window.ts'
import { record } from './record.ts'

interface Template {
  readonly label?: string
  readonly role?: string
  readonly type?: string
  readonly enabled?: boolean
  readonly visible?: boolean
  readonly accelerator?: string
  readonly click?: (item: MenuItem, window: unknown, event: object) => void
  readonly submenu?: readonly Template[] | Menu
}

/** One entry; a test presses it with `click()`. */
export class MenuItem {
  readonly label: string
  readonly role: string | undefined
  readonly type: string
  readonly accelerator: string | undefined
  readonly submenu: Menu | undefined
  enabled: boolean
  visible: boolean
  readonly #click: Template['click']

  constructor({ label = '', role, type, enabled = true, visible = true, accelerator, click, submenu }: Template) {
    this.label = label
    this.role = role
    this.type = type ?? (submenu === undefined ? 'normal' : 'submenu')
    this.accelerator = accelerator
    this.submenu = submenu === undefined || submenu instanceof Menu ? submenu : Menu.buildFromTemplate(submenu)
    this.enabled = enabled
    this.visible = visible
    this.#click = click
  }

  click(): void {
    if (!this.enabled) return
    if (this.role !== undefined) record('menu role', this.role)
    else this.#click?.(this, BrowserWindow.getFocusedWindow(), {})
  }
}

let applicationMenu: Menu | null = null

export class Menu {
  static setApplicationMenu = (menu: Menu | null): void => {
    applicationMenu = menu
  }
  static getApplicationMenu = (): Menu | null => applicationMenu
  static buildFromTemplate = (entries: readonly Template[]): Menu =>
    new Menu(entries.map((entry) => new MenuItem(entry)))

  readonly items: readonly MenuItem[]
  constructor(items: readonly MenuItem[] = []) {
    this.items = items
  }
  popup(): void {
    record(
      'Menu.popup',
      this.items.map(({ label }) => label),
    )
    openedMenus.push(this)
  }
}

/** Menus that were opened at a place of the window, oldest first. */
export const openedMenus: Menu[] = []
