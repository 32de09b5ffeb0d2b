import type { When } from './content/types.ts'
import { momentOf } from './clock.ts'
import type { Stage } from './stage.ts'

/** Something that happens at a moment. `name` tells what failed. */
export type Scene = { at: Date, name: string, play: () => Promise<unknown> }

export const scene = (stage: Stage, when: When, name: string, play: Scene['play']): Scene => ({ at: momentOf(when, stage.loadedAt), name, play })
