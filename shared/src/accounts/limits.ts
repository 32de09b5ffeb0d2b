/** How much a provider may tell, for the schemas and for the screens that count along. */
export const MAX_AREAS = 30
export const MAX_SKILLS = 15
export const MAX_CASES = 20
export const MAX_CASE_IMAGES = 8
