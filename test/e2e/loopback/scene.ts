import type { TestContext } from 'node:test'
import type { Browser } from '@playwright/test'
import { type Scene, sceneIn } from '../scene.ts'
import { type LoopbackApp, loopbackShell } from '../shells/loopback.ts'

/** A scene in the loopback shell, whatever shell the run is for. */
export async function createLoopbackScene(
  t: Pick<TestContext, 'after'>,
): Promise<Scene<LoopbackApp> & { readonly browser: Browser }> {
  const shell = await loopbackShell()
  return { ...(await sceneIn(t, shell)), browser: shell.browser }
}
