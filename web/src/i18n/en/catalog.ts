import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/catalog.ts'

export default {
  keep: 'Save',
  kept: 'Saved',
  keepThis: 'Save: {title}',
  newService: 'New',
  untitled: 'No title yet',
  deliveredIn: 'in {count} day | in {count} days',
  kinds: { person: 'Freelancer', studio: 'Studio', company: 'Company' },
  tiers: { basic: 'Basic', standard: 'Standard', premium: 'Premium' },
} satisfies Messages<typeof zh>
