/** What holds for announcements; without zod, so that the web can take it. */
export const ANNOUNCEMENT_KINDS = ['notice', 'maintenance', 'rules'] as const
export type AnnouncementKind = typeof ANNOUNCEMENT_KINDS[number]

/** The law on e-commerce (PRC, article 34) asks that changed rules are public this long before they count. */
export const RULES_NOTICE = { days: 7 } as const

/** Of these the newest unread one stands in a line above the pages, for so long. */
export const LINE_KINDS: readonly AnnouncementKind[] = ['maintenance', 'rules']
export const LINE_FOR = { days: 14 } as const

/** Characters. */
export const ANNOUNCEMENT_LIMITS = { titleZh: 60, titleEn: 120, bodyZh: 5_000, bodyEn: 10_000, reason: 200 } as const
