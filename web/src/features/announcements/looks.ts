export const KIND_ICONS = { notice: 'i-lucide-megaphone', maintenance: 'i-lucide-wrench', rules: 'i-lucide-scroll-text' } as const
