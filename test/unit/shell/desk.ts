import type { NewArrival } from '../../../electron/app/arrivals.ts'
import { silent } from '../../../electron/app/log.ts'
import type { Clock } from '../../../electron/shell/clock.ts'
import type { NativeNotifications } from '../../../electron/shell/news/notifications.ts'
import { type OwnViews, watchOwnViews } from '../../../electron/shell/own-views.ts'
import type { Remembered, ShellMemory } from '../../../electron/shell/window/shell-memory.ts'
import type { ViewName, Views } from '../../../shared/contract/views.ts'
import type { Contact } from '../../../shared/domain/contact.ts'
import { UNKNOWN_PATH } from '../../../shared/domain/line.ts'
import type { Conversation } from '../../../shared/domain/message.ts'
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts'

/** Own views whose pushes the test makes. */
export interface TestViews {
  readonly views: OwnViews
  /** The view begins anew. */
  whole<Name extends ViewName>(name: Name, rows: readonly (readonly [string, Views[Name]])[]): void
  push<Name extends ViewName>(name: Name, rows: readonly (readonly [string, Views[Name]])[], gone?: string[]): void
}

/** The copy of the views as the shell has it, of an open profile with the settings of a new one. */
export function testViews(): TestViews {
  const listeners = new Map<string, (push: never) => void>()
  const views = watchOwnViews({
    bridge: {
      watch(name, onPush) {
        listeners.set(name, onPush)
        return () => listeners.delete(name)
      },
    },
    log: silent,
  })
  const send = (name: string, push: unknown) => listeners.get(name)?.(push as never)
  const made: TestViews = {
    views,
    whole: (name, rows) => send(name, { revision: 0, isWhole: true, rows, gone: [] }),
    push: (name, rows, gone = []) => send(name, { revision: 1, isWhole: false, rows, gone }),
  }
  made.whole('session', [['', { state: 'open', opensWith: 'passphrase' }]])
  made.whole('settings', [['', DEFAULT_SETTINGS]])
  made.whole('people', [])
  made.whole('conversations', [])
  return made
}

/** A row of the list of chats. */
export const aChat = (id: string, more: Partial<Conversation> = {}): [string, Conversation] => [
  id,
  { id, contact: `peer-${id}`, readUpTo: 0, unread: 0, waiting: 0, isTyping: false, isForked: false, ...more },
]

/** A row of the people. */
export const aPerson = (id: string, more: Partial<Contact> = {}): [string, Contact] => [
  id,
  { id, name: id, state: 'mutual', isRelayOnly: false, isVerified: false, path: UNKNOWN_PATH, since: 0, ...more },
]

/** A window that is looked at when the test says so. */
export function testWindow(isLookedAt = false) {
  const onLook = new Set<() => void>()
  let policy = () => false
  const done: string[] = []
  return {
    done,
    show: () => void done.push('show'),
    isLookedAt: () => isLookedAt,
    onLook(listener: () => void) {
      onLook.add(listener)
      return () => onLook.delete(listener)
    },
    setClosePolicy(next: () => boolean) {
      policy = next
    },
    /** What closing would be answered with. */
    staysAfterClose: () => policy(),
    look(is: boolean) {
      isLookedAt = is
      for (const listener of [...onLook]) listener()
    },
  }
}

/** What the shell remembers, without a file. */
export function testMemory(known: Remembered = {}): ShellMemory {
  return {
    now: () => known,
    change(more) {
      known = { ...known, ...more }
    },
  }
}

/** An app that notes what reaches it. */
export function testApp() {
  const arrivals: NewArrival[] = []
  const shell: Record<string, unknown> = {}
  return {
    arrivals,
    shell,
    arrive: (arrival: NewArrival) => void arrivals.push(arrival),
    shellIs: (more: object) => void Object.assign(shell, more),
  }
}

/** Notifications that are on the screen of nobody. */
export function testNotifications({ isSupported = true } = {}) {
  type Details = { readonly reason?: string }
  const open: Shown[] = []
  class Shown {
    readonly title: string
    readonly body: string
    readonly listeners = new Map<string, (details: Details) => void>()
    constructor({ title, body }: { title: string; body: string }) {
      this.title = title
      this.body = body
    }
    static isSupported = () => isSupported
    on(event: string, listener: (details: Details) => void) {
      this.listeners.set(event, listener)
    }
    show() {
      open.push(this)
    }
    close() {
      const at = open.indexOf(this)
      if (at < 0) return
      open.splice(at, 1)
      this.listeners.get('close')?.({})
    }
    press() {
      this.listeners.get('click')?.({})
    }
    timeOut() {
      this.listeners.get('close')?.({ reason: 'timedOut' })
    }
  }
  const Notification: NativeNotifications = Shown
  return {
    Notification,
    /** Those on the screen, oldest first. */
    open,
    said: () => open.map(({ title, body }) => `${title} | ${body}`),
  }
}

/** A clock that the test turns. */
export function testClock(): Clock & { turn(ms: number): void } {
  let now = 0
  const planned = new Set<{ at: number; act: () => void }>()
  return {
    now: () => now,
    after(ms, act) {
      const plan = { at: now + ms, act }
      planned.add(plan)
      return () => planned.delete(plan)
    },
    turn(ms) {
      now += ms
      for (const plan of [...planned]) if (plan.at <= now && planned.delete(plan)) plan.act()
    },
  }
}
