import type { App } from 'electron'
import { linksAmong } from '../../program/links.ts'

/** Starts of this very profile while it runs. They end at once and hand over the links they were given. */
export interface OtherStarts {
  /** Hears of them; those that came before are heard first. */
  listen(listener: (links: readonly string[]) => void): void
}

/** Begins to collect as soon as the lock is ours: two starts in one instant meet before Electron is ready. */
export function collectOtherStarts(app: Pick<App, 'on'>): OtherStarts {
  const early: (readonly string[])[] = []
  let hear = (links: readonly string[]) => {
    early.push(links)
  }
  app.on('second-instance', (_event, _argv, _folder, given) => {
    hear(linksAmong(typeof given === 'object' && given !== null && 'links' in given ? given.links : undefined))
  })
  return {
    listen(listener) {
      hear = listener
      for (const links of early.splice(0)) listener(links)
    },
  }
}
