import type { TestContext } from 'node:test'
import { type Scene, sceneIn } from '../scene.ts'
import { type DesktopApp, desktopShell } from '../shells/desktop.ts'
import { chosenShell } from '../shells/shell.ts'

/** A scene of the desktop app: in Electron where the run is for it, otherwise through the stand-in. */
export async function createDesktopScene(t: Pick<TestContext, 'after'>, root?: string): Promise<Scene<DesktopApp>> {
  return sceneIn(t, await desktopShell(chosenShell() === 'electron' ? 'electron' : 'stand-in', [], root))
}
