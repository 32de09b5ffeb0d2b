/** What a change would change, line by line: a moderator reads the differences, not two whole services. */
import { moneyLabel } from '@/lib/money.ts'
import type { Draft } from '../types.ts'

export type Line = { label: string, before: string, after: string }
export type Group = { key: string, lines: Line[] }
type Translate = (key: string, values?: Record<string, unknown>) => string

/** Everything of a service as named lines; the same name stands for the same thing before and after. */
function linesOf(content: Draft, t: Translate, categoryName: (slug: string | null) => string): Map<string, Map<string, string>> {
  const price = (amount: string | undefined): string => (amount === undefined ? '—' : moneyLabel(BigInt(amount)))
  const groups = new Map<string, Map<string, string>>()
  const put = (group: string, label: string, value: string): void => { groups.set(group, (groups.get(group) ?? new Map<string, string>()).set(label, value)) }
  put('basics', t('services.editor.title'), content.title)
  put('basics', t('services.editor.category'), categoryName(content.category))
  put('basics', t('services.editor.summary'), content.summary)
  put('basics', t('services.editor.description'), content.description)
  put('basics', t('services.editor.skills'), content.skills.join(' · '))
  for (const item of content.packages) {
    const revisions = item.revisions === null ? t('services.editor.revisionsUnlimited') : String(item.revisions)
    put('packages', t(`catalog.tiers.${item.tier}`), [item.name, price(item.price?.amount), t('moderation.days', { count: item.deliveryDays ?? '—' }), `${t('services.editor.revisions')} ${revisions}`, ...item.includes].join('\n'))
  }
  for (const item of content.addOns) put('addOns', item.name, [price(item.price.amount), t('moderation.extraDays', { count: item.extraDays }), `× ${item.maxQuantity}`].join('\n'))
  for (const field of content.fields) {
    const options = field.type === 'choice' || field.type === 'choices' ? field.options.map(option => `${option.label} ${option.price.amount === '0' ? '' : `+${price(option.price.amount)}`}`) : []
    const number = field.type === 'number' ? [`${field.min}–${field.max} ${field.unit}`, t('moderation.unitPrice', { count: field.included, price: price(field.unitPrice.amount) })] : []
    put('fields', field.label, [t(`services.editor.types.${field.type}`), field.help ?? '', ...options, ...number].filter(Boolean).join('\n'))
  }
  content.faqs.forEach(faq => put('faqs', faq.question, faq.answer))
  return groups
}

/** Groups with their differing lines; without a `before` everything is new. */
export function differences(before: Draft | null, after: Draft, t: Translate, categoryName: (slug: string | null) => string): Group[] {
  const [old, now] = [before ? linesOf(before, t, categoryName) : new Map<string, Map<string, string>>(), linesOf(after, t, categoryName)]
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key) ?? new Map<string, string>(), now.get(key) ?? new Map<string, string>()]
    const lines = [...new Set([...is.keys(), ...was.keys()])].map(label => ({ label, before: was.get(label) ?? '', after: is.get(label) ?? '' })).filter(line => line.before !== line.after)
    return lines.length > 0 ? [{ key, lines }] : []
  })
}
