import { defineLifecycle, type StateOf } from '../kernel/lifecycle.ts'

export const announcementLifecycle = defineLifecycle({
  name: 'announcement',
  states: ['draft', 'scheduled', 'published', 'withdrawn'],
  initial: 'draft',
  final: ['withdrawn'],
  transitions: {
    schedule: { from: ['draft', 'scheduled'], to: 'scheduled', by: ['staff'], effect: 'It will be public from the moment that was chosen; until then it can be changed.' },
    publish: { from: ['draft', 'scheduled'], to: 'published', by: ['staff'], effect: 'Everybody can read it, and open browsers are told. Its text stays as it is.' },
    appear: { from: ['scheduled'], to: 'published', by: ['timer'], effect: 'Its moment has come: open browsers are told.' },
    withdraw: { from: ['draft', 'scheduled', 'published'], to: 'withdrawn', by: ['staff'], effect: 'Only staff see it, with the reason in the audit log.' },
  },
})
export type AnnouncementState = StateOf<typeof announcementLifecycle>
