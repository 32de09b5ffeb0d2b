/**
 * The price of a choice. The same function runs on the server, where it decides, and in the browser, where it shows the
 * price while the form is filled in; so it knows nothing of the network, the clock or schemas.
 */
import type { Money } from '../kernel/money.ts'

/** Amounts may be as the wire or as code has them. */
type Amount = { amount: bigint | string }

export type Tier = 'basic' | 'standard' | 'premium'

export type PricedOption = { label: string, price: Amount }
export type PricedField = { key: string, label: string, required: boolean } & (
  | { type: 'text' | 'long_text', maxLength: number }
  | { type: 'choice', options: readonly PricedOption[] }
  | { type: 'choices', options: readonly PricedOption[], maxChoices: number }
  | { type: 'number', min: number, max: number, included: number, unitPrice: Amount }
  | { type: 'file', maxFiles: number }
  | { type: 'date' }
)
/** As much of a service as its price depends on. */
export type PricedService = {
  packages: readonly { tier: Tier, name: string, price: Amount, deliveryDays: number, revisions: number | null }[]
  addOns: readonly { id: string, name: string, price: Amount, extraDays: number, maxQuantity: number }[]
  fields: readonly PricedField[]
}

/** Text and dates as a string, files as upload ids, several choices as their labels. */
export type Answer = string | number | readonly string[]
export type Selection = {
  package: Tier
  addOns: readonly { id: string, quantity: number }[]
  answers: Readonly<Record<string, Answer | undefined>>
}

export type PriceLine = {
  kind: 'package' | 'addon' | 'answer'
  /** Tier, id of the add-on, or key of the field. */
  key: string
  label: string
  quantity: number
  unit: Money
  amount: Money
}

export type SelectionFaultCode =
  | 'package_unknown' | 'add_on_unknown' | 'add_on_repeated' | 'add_on_quantity' | 'answer_unknown' | 'answer_required' | 'answer_kind'
  | 'answer_too_long' | 'answer_option' | 'answer_too_many' | 'answer_range' | 'answer_date' | 'total_too_large'
/** What is wrong with a selection; `field` is the path below the selection, such as `answers.pages`. */
export type SelectionFault = { field: string, code: SelectionFaultCode, params: Record<string, string | number> }

export type Price = {
  lines: PriceLine[]
  /** The sum of the lines, to the fen. */
  total: Money
  deliveryDays: number
  /** Null: without limit. */
  revisions: number | null
  /** Empty when the selection may be ordered. What is at fault does not count into the price. */
  faults: SelectionFault[]
}

/** Ten million yuan: the largest amount the product handles in one piece. */
const MAX_TOTAL = 1_000_000_000n
const MIN_DELIVERY_DAYS = 1

const yuan = (amount: bigint): Money => ({ amount, currency: 'CNY' })

/** Never throws and never answers less than zero, whatever the selection holds. */
export function priceOf(service: PricedService, selection: Selection): Price {
  const lines: PriceLine[] = []
  const faults: SelectionFault[] = []
  const fault = (field: string, code: SelectionFaultCode, params: SelectionFault['params'] = {}) => void faults.push({ field, code, params })
  const charge = (kind: PriceLine['kind'], key: string, label: string, quantity: number, unit: Amount) => {
    const each = BigInt(unit.amount)
    lines.push({ kind, key, label, quantity, unit: yuan(each), amount: yuan(each * BigInt(quantity)) })
  }

  const chosen = service.packages.find(item => item.tier === selection.package)
  if (chosen) charge('package', chosen.tier, chosen.name, 1, chosen.price)
  else fault('package', 'package_unknown')

  let deliveryDays = chosen?.deliveryDays ?? MIN_DELIVERY_DAYS
  const seen = new Set<string>()
  selection.addOns.forEach(({ id, quantity }, index) => {
    const addOn = service.addOns.find(item => item.id === id)
    if (!addOn) return fault(`addOns.${index}.id`, 'add_on_unknown')
    if (seen.has(id)) return fault(`addOns.${index}.id`, 'add_on_repeated')
    seen.add(id)
    if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > addOn.maxQuantity) return fault(`addOns.${index}.quantity`, 'add_on_quantity', { max: addOn.maxQuantity })
    charge('addon', id, addOn.name, quantity, addOn.price)
    deliveryDays += addOn.extraDays * quantity
  })

  for (const key of Object.keys(selection.answers)) {
    if (!service.fields.some(field => field.key === key)) fault(`answers.${key}`, 'answer_unknown')
  }
  for (const field of service.fields) {
    const answer = Object.hasOwn(selection.answers, field.key) ? selection.answers[field.key] : undefined
    if (isEmpty(answer)) {
      if (field.required) fault(`answers.${field.key}`, 'answer_required', { label: field.label })
      continue
    }
    const problem = faultOf(field, answer)
    if (problem) fault(`answers.${field.key}`, problem.code, { label: field.label, ...problem.params })
    else chargeAnswer(field, answer, charge)
  }

  const total = lines.reduce((sum, line) => sum + line.amount.amount, 0n)
  if (total > MAX_TOTAL) fault('package', 'total_too_large')
  return { lines, total: yuan(total), deliveryDays: Math.max(MIN_DELIVERY_DAYS, deliveryDays), revisions: chosen?.revisions ?? (chosen ? null : 0), faults }
}

function isEmpty(answer: Answer | undefined): answer is undefined {
  return answer === undefined || answer === '' || (typeof answer === 'string' && answer.trim() === '') || (Array.isArray(answer) && answer.length === 0)
}

type Problem = { code: SelectionFaultCode, params?: SelectionFault['params'] } | undefined

function faultOf(field: PricedField, answer: Answer): Problem {
  switch (field.type) {
    case 'text':
    case 'long_text':
      if (typeof answer !== 'string') return { code: 'answer_kind' }
      return [...answer].length > field.maxLength ? { code: 'answer_too_long', params: { max: field.maxLength } } : undefined
    case 'choice':
      return typeof answer === 'string' && field.options.some(option => option.label === answer) ? undefined : { code: 'answer_option' }
    case 'choices':
      return faultOfList(answer, field.maxChoices, value => field.options.some(option => option.label === value))
    case 'number':
      if (typeof answer !== 'number' || !Number.isSafeInteger(answer)) return { code: 'answer_kind' }
      return answer < field.min || answer > field.max ? { code: 'answer_range', params: { min: field.min, max: field.max } } : undefined
    case 'file':
      return faultOfList(answer, field.maxFiles, () => true)
    case 'date':
      return typeof answer === 'string' && isDate(answer) ? undefined : { code: 'answer_date' }
  }
}

function faultOfList(answer: Answer, max: number, allowed: (value: string) => boolean): Problem {
  if (!Array.isArray(answer)) return { code: 'answer_kind' }
  if (new Set(answer).size !== answer.length || !answer.every(value => typeof value === 'string' && allowed(value))) return { code: 'answer_option' }
  return answer.length > max ? { code: 'answer_too_many', params: { max } } : undefined
}

/** A day that exists, as YYYY-MM-DD. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

function chargeAnswer(field: PricedField, answer: Answer, charge: (kind: 'answer', key: string, label: string, quantity: number, unit: Amount) => void): void {
  if (field.type === 'number') {
    const extra = Number(answer) - field.included
    if (extra > 0 && BigInt(field.unitPrice.amount) > 0n) charge('answer', field.key, field.label, extra, field.unitPrice)
  }
  if (field.type !== 'choice' && field.type !== 'choices') return
  const labels = Array.isArray(answer) ? answer : [answer]
  for (const option of field.options) {
    if (labels.includes(option.label) && BigInt(option.price.amount) > 0n) charge('answer', field.key, `${field.label}: ${option.label}`, 1, option.price)
  }
}
