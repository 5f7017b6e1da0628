import type { BrowserWindow, MenuItemConstructorOptions } from 'electron'
import type { Session, Shell } from '../../../shared/contract/views.ts'
import type { App } from '../../app/app.ts'
import type { NewArrival } from '../../app/arrivals.ts'
import type { OwnViews } from '../own-views.ts'
import type { MainWindow } from '../window/main-window.ts'
import type { NativeWords } from '../words/words.ts'

type Page = Extract<NewArrival, { kind: 'page' }>['page']

/** What pressing an entry does. */
export interface MenuActions {
  goTo(page: Page): void
  addPerson(): void
  lock(): void
  closeWindow(): void
  quit(): void
}

interface MenuState {
  readonly platform: Shell['platform']
  readonly session: Session | undefined
  /** A person's installation, where nobody reloads or inspects a page. */
  readonly isPackaged: boolean
  readonly words: NativeWords
}

type Entry = MenuItemConstructorOptions
const LINE: Entry = { type: 'separator' }

/** The application's menu. Pure. */
export function applicationMenu(state: MenuState, actions: MenuActions): Entry[] {
  const { platform, words } = state
  const { menu } = words
  const isMac = platform === 'macos'
  const isOpen = state.session?.state === 'open'
  const page = (to: Page, label: string, accelerator?: string): Entry => ({
    label,
    enabled: isOpen,
    click: () => actions.goTo(to),
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  const canLock = state.session?.state === 'open' && state.session.opensWith === 'passphrase'
  const settings = page('settings', isMac ? `${menu.settings}…` : menu.settings, 'CommandOrControl+,')
  const lock: Entry = {
    label: words.lock,
    enabled: canLock,
    accelerator: 'CommandOrControl+Shift+L',
    click: actions.lock,
  }
  const quit: Entry = { label: words.quit, accelerator: 'CommandOrControl+Q', click: actions.quit }
  const closeWindow: Entry = { label: menu.closeWindow, accelerator: 'CommandOrControl+W', click: actions.closeWindow }
  const about: Entry = { role: 'about', label: menu.about }

  const own: Entry = {
    label: 'Sightline',
    submenu: [
      about,
      LINE,
      settings,
      lock,
      LINE,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      LINE,
      quit,
    ],
  }
  const add: Entry = { label: menu.addPerson, enabled: isOpen, click: actions.addPerson }
  const file: Entry = {
    label: menu.file,
    submenu: isMac ? [add, LINE, closeWindow] : [add, settings, lock, LINE, closeWindow, quit],
  }
  const edit: Entry = {
    label: menu.edit,
    submenu: [
      { role: 'undo', label: menu.undo },
      { role: 'redo', label: menu.redo },
      LINE,
      { role: 'cut', label: menu.cut },
      { role: 'copy', label: menu.copy },
      { role: 'paste', label: menu.paste },
      { role: 'selectAll', label: menu.selectAll },
    ],
  }
  const view: Entry = {
    label: menu.view,
    submenu: [
      { role: 'zoomIn', label: menu.larger },
      // Where + needs no shift key, as on a German keyboard, and where it does, as on an American one.
      { role: 'zoomIn', label: menu.larger, accelerator: 'CommandOrControl+=', visible: false },
      { role: 'zoomOut', label: menu.smaller },
      { role: 'resetZoom', label: menu.actualSize },
      LINE,
      { role: 'togglefullscreen', label: menu.fullScreen },
      ...(state.isPackaged
        ? []
        : [
            LINE,
            { role: 'reload' as const, label: menu.reload },
            { role: 'toggleDevTools' as const, label: menu.developerTools },
          ]),
    ],
  }
  const go: Entry = {
    label: menu.go,
    submenu: [
      page('chats', menu.chats, 'CommandOrControl+1'),
      page('people', menu.people, 'CommandOrControl+2'),
      page('network', menu.network, 'CommandOrControl+3'),
      page('settings', menu.settings, 'CommandOrControl+4'),
    ],
  }
  const help: Entry = { role: 'help', label: menu.help, submenu: [about] }
  return isMac ? [own, file, edit, view, go, { role: 'windowMenu' }] : [file, edit, view, go, help]
}

/** Keeps the application's menu in the chosen language, with what can be done now. Returns what ends it. */
export function startMenu({
  views,
  words,
  mainWindow,
  app,
  platform,
  isPackaged,
  setMenu,
  lock,
  closeWindow,
  quit,
}: {
  readonly views: OwnViews
  readonly words: () => NativeWords
  readonly mainWindow: Pick<MainWindow, 'show'> & {
    onMade(listener: (window: Pick<BrowserWindow, 'setAutoHideMenuBar'>) => void): () => void
  }
  readonly app: Pick<App, 'arrive'>
  readonly platform: Shell['platform']
  readonly isPackaged: boolean
  readonly setMenu: (entries: Entry[] | null) => void
  readonly lock: () => void
  readonly closeWindow: () => void
  readonly quit: () => void
}): () => void {
  const actions: MenuActions = {
    goTo(page) {
      app.arrive({ kind: 'page', page })
      mainWindow.show()
    },
    addPerson() {
      app.arrive({ kind: 'add-person' })
      mainWindow.show()
    },
    lock,
    closeWindow,
    quit,
  }
  let shown: string | undefined
  const draw = () => {
    const session = views.row('session')
    const entries = applicationMenu({ platform, session, isPackaged, words: words() }, actions)
    const text = JSON.stringify(entries)
    if (text === shown) return
    shown = text
    setMenu(entries)
  }
  draw()
  const stops = [
    views.onChange('session', draw),
    views.onChange('settings', draw),
    // One press of Alt away, and no line of the window before that; macOS has its menu at the top of the screen.
    mainWindow.onMade((window) => {
      if (platform !== 'macos') window.setAutoHideMenuBar(true)
    }),
  ]
  return () => {
    for (const stop of stops) stop()
    setMenu(null)
  }
}
