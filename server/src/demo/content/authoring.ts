import type {
  Cover, DemoAddOn, DemoPackage, DemoService, FieldOption, FormField, MilestonePlan, Motif, PackageTier, PaletteName,
  ServiceState, When,
} from './types.ts'

/** Demo prices are whole yuan when written down, so that a stray zero is seen at once. */
export function yuan(amount: number): bigint {
  if (!Number.isSafeInteger(amount)) throw new Error(`Demo price is not whole yuan: ${amount}`)
  return BigInt(amount) * 100n
}

/** "甲|乙|丙" → ["甲", "乙", "丙"]: a list on one line is easier to read among a hundred services. */
export const list = (text: string): string[] => text.split('|').map((part) => part.trim())

export const on = (day: number, time: string): When => ({ day, time })
export const ago = (amount: { minutes?: number, hours?: number }): When => ({ minutesAgo: (amount.hours ?? 0) * 60 + (amount.minutes ?? 0) })

export const cover = (motif: Motif, palette: PaletteName, variant = 0): Cover => ({ motif, palette, variant })

/** The checklist is written as one "|" list. */
export const milestone = (title: string, priceYuan: number, days: number, checklist: string): MilestonePlan =>
  ({ title, priceFen: yuan(priceYuan), days, checklist: list(checklist) })

// Order-form fields. A field is required unless wrapped in `optional`.

export const text = (key: string, label: string, help?: string): FormField => ({ key, label, required: true, type: 'text', maxLength: 120, ...(help ? { help } : {}) })
export const longText = (key: string, label: string, help?: string): FormField => ({ key, label, required: true, type: 'long_text', maxLength: 2000, ...(help ? { help } : {}) })
export const choice = (key: string, label: string, options: string): FormField => ({ key, label, required: true, type: 'choice', options: fieldOptions(options) })
export const choices = (key: string, label: string, options: string, maxChoices?: number): FormField =>
  ({ key, label, required: false, type: 'choices', options: fieldOptions(options), ...(maxChoices ? { maxChoices } : {}) })
export const count = (key: string, label: string, unit: string, bounds: { included: number, max: number, eachYuan: number }): FormField =>
  ({ key, label, required: true, type: 'number', unit, min: 1, max: bounds.max, included: bounds.included, unitPriceFen: yuan(bounds.eachYuan) })
export const files = (key: string, label: string, accept = '图片、PDF、ZIP', maxFiles = 10): FormField => ({ key, label, required: false, type: 'file', accept, maxFiles })
export const date = (key: string, label: string): FormField => ({ key, label, required: false, type: 'date' })
export const optional = (field: FormField): FormField => ({ ...field, required: false })

/** "菜单 +200" costs ¥200 more; a label without a plus costs nothing. */
function fieldOptions(options: string): FieldOption[] {
  return list(options).map((part) => {
    const [, label = part, extra = '0'] = /^(.*?)(?: \+(\d+))?$/.exec(part) ?? []
    return { label, priceFen: yuan(Number(extra)) }
  })
}

// Services

const tiers: readonly [PackageTier, string][] = [['basic', '基础'], ['standard', '标准'], ['premium', '旗舰']]

type PackageDraft = Omit<DemoPackage, 'tier' | 'name'>
type AddOnDraft = Omit<DemoAddOn, 'id'>

export const pack = (priceYuan: number, deliveryDays: number, revisions: number, includes: string): PackageDraft =>
  ({ priceFen: yuan(priceYuan), deliveryDays, revisions, includes: list(includes) })
export const addOn = (name: string, priceYuan: number, extraDays = 0): AddOnDraft => ({ name, priceFen: yuan(priceYuan), extraDays })

/** A service as it is written down: lists on one line, tiers and add-on ids by position. */
export interface ServiceDraft {
  id: string
  title: string
  en: string
  category: string
  summary: string
  about: string[]
  packages: [PackageDraft, PackageDraft?, PackageDraft?]
  addOns?: AddOnDraft[]
  form: FormField[]
  cover: Cover
  skills: string
  faqs?: [question: string, answer: string][]
  state?: ServiceState
  rejectionReason?: string
}

export function servicesOf(providerId: string, drafts: ServiceDraft[]): DemoService[] {
  return drafts.map((draft) => ({
    id: draft.id,
    providerId,
    title: draft.title,
    titleEn: draft.en,
    category: draft.category,
    summary: draft.summary,
    description: draft.about.join('\n\n'),
    packages: draft.packages.flatMap((item, index) => {
      const tier = tiers[index]
      return item && tier ? [{ tier: tier[0], name: tier[1], ...item }] : []
    }),
    addOns: (draft.addOns ?? []).map((item, index) => ({ id: `${draft.id}.${index + 1}`, ...item })),
    form: draft.form,
    cover: draft.cover,
    skills: list(draft.skills),
    faqs: (draft.faqs ?? []).map(([question, answer]) => ({ question, answer })),
    state: draft.state ?? 'published',
    ...(draft.rejectionReason ? { rejectionReason: draft.rejectionReason } : {}),
  }))
}
