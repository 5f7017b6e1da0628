import { BUS, busPath, openSessionBus, readNumber, readTexts, type SessionBus } from './session-bus.ts'

/**
 * Whether an icon of ours is in the tray. `shown`: the tray lists it. `absent`: there is a tray, without it.
 * `none`: no tray that we know how to ask.
 */
export type TrayPresence = 'shown' | 'absent' | 'none'

// Electron's Tray never says whether anything shows it: GNOME has no tray without an extension, and a tray can refuse an
// icon (electron/electron#53213). The one who knows is the watcher that icons register with.
const WATCHER = 'org.kde.StatusNotifierWatcher'
/** More icons than any panel has room for. */
const ITEMS_MAX = 64

/** Asks the tray of a Linux desktop whether it holds an icon of this process. Never rejects. */
export async function trayPresence(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  pid = process.pid,
): Promise<TrayPresence> {
  let bus: SessionBus | undefined
  try {
    const path = busPath(environment)
    if (path === undefined) return 'none'
    bus = await openSessionBus(path)
    const items = readTexts(
      await bus.call({
        destination: WATCHER,
        path: '/StatusNotifierWatcher',
        interface: 'org.freedesktop.DBus.Properties',
        member: 'Get',
        texts: [WATCHER, 'RegisteredStatusNotifierItems'],
      }),
    )
    if (items === undefined) return 'none'
    // `:1.42/StatusNotifierItem`, or a name with a path behind it.
    const owners = new Set(items.slice(0, ITEMS_MAX).map((item) => item.replace(/\/.*$/s, '')))
    for (const owner of owners) if ((await processOf(bus, owner)) === pid) return 'shown'
    return 'absent'
  } catch {
    return 'none'
  } finally {
    bus?.close()
  }
}

const processOf = async (bus: SessionBus, owner: string): Promise<number | undefined> =>
  readNumber(
    await bus.call({
      destination: BUS,
      path: '/org/freedesktop/DBus',
      interface: BUS,
      member: 'GetConnectionUnixProcessID',
      texts: [owner],
    }),
  )
