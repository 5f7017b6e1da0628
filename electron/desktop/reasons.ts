/** Why there is no desktop window. */
export type Obstacle =
  | { readonly is: 'asked' }
  | { readonly is: 'root' }
  | { readonly is: 'no-display' }
  | { readonly is: 'not-installed' }
  | { readonly is: 'not-downloaded'; readonly why: string }
  /** It failed less than an hour ago, and was not tried again. */
  | { readonly is: 'failed-before' }
  | { readonly is: 'no-sandbox'; readonly helper: string }
  | { readonly is: 'no-library'; readonly library: string }
  | { readonly is: 'did-not-start'; readonly why: string }

/** One line for the person who started it. */
export function reasonLine(obstacle: Obstacle): string {
  const instead = 'Sightline runs in your browser instead.'
  switch (obstacle.is) {
    case 'asked':
      return 'Sightline runs in your browser, as you asked.'
    case 'root':
      return `A desktop window is not opened for root, whom its sandbox cannot hold. ${instead}`
    case 'no-display':
      return `There is no display for a desktop window. ${instead}`
    case 'not-installed':
      return `Electron, which a desktop window needs, is not part of this installation. ${instead}`
    case 'not-downloaded':
      return `Electron, which a desktop window needs, could not be downloaded (${obstacle.why}). ${instead}`
    case 'failed-before':
      return `Electron, which a desktop window needs, could not be downloaded a while ago; \`npm start -- --desktop\` tries again. ${instead}`
    case 'no-sandbox':
      return `This system does not allow the sandbox of a desktop window, unless ${obstacle.helper} belongs to root with mode 4755, or user namespaces are allowed. ${instead}`
    case 'no-library':
      return `The system library ${obstacle.library}, which a desktop window needs, is missing. ${instead}`
    case 'did-not-start':
      return `The desktop window did not start (${obstacle.why}). ${instead}`
  }
}

/** A sentence of another program, fit for the middle of a line of ours. */
export function shortened(text: string): string {
  const plain = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
  return plain.length > 160 ? `${plain.slice(0, 160)}…` : plain
}
