import { app, dialog } from 'electron'

/** Ends a start that cannot succeed, with a sentence where the person can see it. */
export function leave(sentence: string, exitCode: number): void {
  console.error(sentence)
  const end = () => {
    // Started by a double click there is no terminal.
    if (app.isPackaged) dialog.showErrorBox('Sightline', sentence)
    app.exit(exitCode)
  }
  // On Linux there is no dialog before the app is ready.
  if (!app.isPackaged || process.platform !== 'linux' || app.isReady()) end()
  else app.whenReady().then(end, () => app.exit(exitCode))
}
