import type { DemoRequirement } from '../types.ts'
import { list, yuan } from '../authoring.ts'

type RequirementDraft = Omit<DemoRequirement, 'checklist' | 'budgetFen' | 'skills' | 'files'> & {
  /** "|" lists, like everywhere in this folder. */
  wants: string
  skills: string
  files?: string
  budget: [min: number, max: number]
}

export function requirement({ wants, skills, files, budget, ...rest }: RequirementDraft): DemoRequirement {
  return { ...rest, checklist: list(wants), skills: list(skills), files: files ? list(files) : [], budgetFen: { min: yuan(budget[0]), max: yuan(budget[1]) } }
}
