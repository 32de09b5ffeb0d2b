import type { DemoRequirement } from '../types.ts'
import { endedRequirements } from './ended.ts'
import { openRequirements } from './open.ts'
import { settledRequirements } from './settled.ts'

export const requirements: DemoRequirement[] = [...openRequirements, ...settledRequirements, ...endedRequirements]
