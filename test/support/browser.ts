import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from '@playwright/test'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where the system's Chromium lies. */
export function chromiumProgram(): string {
  const found = PLACES.find((place) => existsSync(place))
  if (found === undefined) throw new Error('no Chromium found; test/prerequisites.ts says what to install')
  return found
}

/** Without a screen, and without anything that calls home. */
export const CHROMIUM_ARGS: readonly string[] = [
  // As root Chromium cannot build its own sandbox. Only our own page is opened in it.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The system's Chromium, headless. `args` are further switches. */
export function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumProgram(), args: [...CHROMIUM_ARGS, ...args] })
}

/** What axe finds on the page now, in both themes, each as one line. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).analyze()
    for (const { id, nodes } of violations)
      found.push(`${colorScheme}: ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  return found
}
