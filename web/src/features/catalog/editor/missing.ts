import type { Draft } from '../types.ts'

type Translate = (key: string, values?: Record<string, unknown>) => string
const LEAST = { title: 4, summary: 4, description: 20 } as const

/** What a draft lacks before it may be submitted, as sentences by field. The server holds the same rules. */
export function missingIn(draft: Draft, t: Translate): Record<string, string | false> {
  const say = (key: string, values?: Record<string, unknown>): string => t(`services.editor.missing.${key}`, values)
  const short = (field: keyof typeof LEAST): string | false => draft[field].trim().length < LEAST[field] && say(field)
  return {
    title: short('title'), category: draft.category === null && say('category'), summary: short('summary'), description: short('description'),
    packages: draft.packages.length === 0 && say('packages'),
    ...Object.fromEntries(draft.packages.flatMap((item, index) => {
      const tier = t(`catalog.tiers.${item.tier}`)
      return [
        [`packages.${index}.name`, item.name.trim() === '' && say('name', { tier })], [`packages.${index}.price`, item.price === null && say('price', { tier })],
        [`packages.${index}.deliveryDays`, item.deliveryDays === null && say('deliveryDays', { tier })],
      ]
    })),
    ...Object.fromEntries(draft.faqs.map((faq, index) => [`faqs.${index}.question`, (faq.question.trim() === '' || faq.answer.trim() === '') && say('faq', { number: index + 1 })])),
  }
}
