import { FIFTY_SCENES } from './fifty.ts'
import { LIMIT_SCENES } from './limit.ts'
import { OFFICE } from './office.ts'
import { PATH_SCENES } from './paths.ts'
import { RELAY_SCENES } from './relays.ts'
import type { Scene } from './scene.ts'

/** Every scene, in the order in which they are played. */
export const SCENES: readonly Scene[] = [...RELAY_SCENES, ...LIMIT_SCENES, ...PATH_SCENES, OFFICE, ...FIFTY_SCENES]
