/** The states the tray shows: one's own side of the line. */
export const TRAY_STATES = ['direct', 'relayed', 'none'] as const
export type TrayState = (typeof TRAY_STATES)[number]

/** Side of a tray icon in pixels; `@2x` is twice that. */
export const TRAY_SIZE = 22
/** At least 4.4:1 on a white and on a black panel: nobody tells us which one the system has. */
export const TRAY_COLOUR = '#2f8090'

/** The level line in one colour: two dots, and the line between them as one's own state is. */
export function trayPicture(state: TrayState, colour: string): string {
  const near = `<circle cx="3.5" cy="11" r="3" fill="${colour}"/>`
  const far =
    state === 'none'
      ? `<circle cx="18.5" cy="11" r="2.2" fill="none" stroke="${colour}" stroke-width="1.6"/>`
      : `<circle cx="18.5" cy="11" r="3" fill="${colour}"/>`
  const between = {
    direct: `<path d="M3.5 11H18.5" stroke="${colour}" stroke-width="2"/>`,
    relayed: `<path d="M3.5 11H8.3M13.7 11H18.5" stroke="${colour}" stroke-width="2"/><circle cx="11" cy="11" r="2.6" fill="none" stroke="${colour}" stroke-width="1.6"/>`,
    none: '',
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22">${between[state]}${near}${far}</svg>`
}

/** The master, drawn bolder where it is 20 pixels or less. */
export function appPicture(master: string, size: number): string {
  if (size > 20) return master
  return master
    .replace('stroke-width="3.4"', 'stroke-width="5.5"')
    .replace('cx="20" cy="40.7" r="9.5"', 'cx="20" cy="40.7" r="12"')
    .replace('cx="48" cy="20.5" r="5.2"', 'cx="48" cy="20.5" r="7"')
}

/** The master with the margin Apple's icons have: 824 of 1024 pixels are drawn on. */
export function applePicture(master: string, size: number): string {
  const inner = appPicture(master, size)
    .replace(/^<svg [^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
  const scale = 824 / 1024
  const margin = (64 * (1 - scale)) / 2
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><g transform="translate(${margin} ${margin}) scale(${scale})">${inner}</g></svg>`
}
