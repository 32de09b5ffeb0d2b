import type { StatusTone } from '@/ui/StatusBadge.vue'
import type { OwnService } from '../types.ts'

/** The tone of each state; the word is `services.states.<state>`. */
export const stateTones: Record<OwnService['state'], StatusTone> = { draft: 'neutral', in_review: 'held', published: 'done', paused: 'due', rejected: 'trouble', archived: 'neutral' }
