import { app, dialog } from 'electron'

/** Ends a start that cannot succeed, with a sentence where the person can see it. */
export function leave(sentence: string, exitCode: number): void {
  console.error(sentence)
  // Started by a double click there is no terminal. On Linux there is no dialog either before the app is ready.
  if (app.isPackaged && process.platform !== 'linux') dialog.showErrorBox('Sightline', sentence)
  app.exit(exitCode)
}
