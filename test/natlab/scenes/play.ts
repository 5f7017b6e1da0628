import type { Weather } from '../options.ts'
import { SCENES } from './list.ts'
import { figureText, isBroken, type Played, type Scene } from './scene.ts'

/** The scenes a name stands for: one, `short`, `long` or `all`. */
export function chosenScenes(name: string): readonly Scene[] {
  if (name === 'all') return SCENES
  if (name === 'short' || name === 'long') return SCENES.filter(({ isShort }) => isShort === (name === 'short'))
  return SCENES.filter((scene) => scene.name === name)
}

/** Plays scenes one after the other; each has a lab of its own. Never fails: what went wrong stands in the result. */
export async function playScenes(
  scenes: readonly Scene[],
  { weather, say }: { readonly weather: Weather; readonly say: (line: string) => void },
): Promise<Played[]> {
  const played: Played[] = []
  for (const scene of scenes) {
    say(`${scene.name}: ${scene.promise}`)
    const one = await playOne(scene, weather, (line) => say(`${scene.name}: ${line}`))
    for (const figure of one.figures) say(`${scene.name}: ${figureText(figure)}`)
    say(`${scene.name}: ${one.failures.length === 0 ? 'held' : `FAILED ${one.failures.join('; ')}`}`)
    played.push(one)
  }
  return played
}

async function playOne(scene: Scene, weather: Weather, say: (line: string) => void): Promise<Played> {
  const startedAt = performance.now()
  const result = (figures: Played['figures'], failures: readonly string[]): Played => ({
    ...{ scene: scene.name, promise: scene.promise, figures, failures },
    ms: Math.round(performance.now() - startedAt),
  })
  let late: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`not over after ${scene.withinMs / 1000} s`)), scene.withinMs)
  })
  const playing = scene.play({ weather, say })
  try {
    const figures = await Promise.race([playing, tooLong])
    return result(figures, figures.filter(isBroken).map(figureText))
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
    return result([], [`${error instanceof Error ? error.message : error}${cause}`])
  } finally {
    clearTimeout(late)
    // Its lab has to be gone before the next one is built; every wait in a scene ends by itself.
    await playing.catch(() => undefined)
  }
}
