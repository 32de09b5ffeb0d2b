/** Empty parts of a service, and keys that nobody has to think of. */
import type { Draft, DraftAddOn, DraftField, DraftPackage } from '../types.ts'

export const LIMITS = { images: 8, addOns: 12, fields: 15, options: 20, includes: 12, skills: 10, faqs: 10 } as const
export const TIERS = ['basic', 'standard', 'premium'] as const
export const FIELD_TYPES = ['text', 'long_text', 'choice', 'choices', 'number', 'file', 'date'] as const
export type FieldType = typeof FIELD_TYPES[number]

const free = { amount: '0', currency: 'CNY' } as const

export const blankPackage = (tier: DraftPackage['tier'], name: string): DraftPackage => ({ tier, name, price: null, deliveryDays: null, revisions: 2, includes: [] })

export const blankDraft = (packageName: string): Draft => ({
  title: '', summary: '', description: '', category: null, skills: [], packages: [blankPackage('basic', packageName)], addOns: [], fields: [], images: [],
  cover: { motif: 'brand', palette: 'clay', variant: 0 }, faqs: [],
})

/** A key that is in none of these: answers of orders made before keep pointing at their question. */
export function freshKey(prefix: string, taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number++) {
    const key = `${prefix}${number}`
    if (!taken.includes(key)) return key
  }
}

export const blankAddOn = (taken: readonly string[], name: string): DraftAddOn => ({ id: freshKey('addon', taken), name, price: { amount: '10000', currency: 'CNY' }, extraDays: 0, maxQuantity: 1 })

/** A question of this type; what it has in common with `from` is kept. */
export function blankField(type: FieldType, base: { key: string, label: string, required: boolean, help: string | null }, optionLabel: string): DraftField {
  const { key, label, required, help } = base
  const common = { key, label, required, help }
  switch (type) {
    case 'text': return { ...common, type, maxLength: 120 }
    case 'long_text': return { ...common, type, maxLength: 2000 }
    case 'choice': return { ...common, type, options: [{ label: optionLabel, price: free }] }
    case 'choices': return { ...common, type, options: [{ label: optionLabel, price: free }], maxChoices: LIMITS.options }
    case 'number': return { ...common, type, unit: '个', min: 1, max: 100, included: 1, unitPrice: free }
    case 'file': return { ...common, type, accept: null, maxFiles: 5 }
    case 'date': return { ...common, type }
  }
}
