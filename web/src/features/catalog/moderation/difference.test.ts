import { describe, expect, it } from 'vitest'
import type { Draft } from '../types.ts'
import { differences } from './difference.ts'

const t = (key: string, values: Record<string, unknown> = {}): string => [key, ...Object.values(values)].join(' ')
const content: Draft = {
  title: '甲', summary: '乙', description: '丙', category: 'logo', skills: [], images: [], faqs: [], addOns: [], fields: [], cover: { motif: 'brand', palette: 'clay', variant: 0 },
  packages: [{ tier: 'basic', name: '基础', price: { amount: '10000', currency: 'CNY' }, deliveryDays: 3, revisions: 1, includes: ['一'] }],
}
const of = (before: Draft | null, after: Draft) => differences(before, after, t, slug => slug ?? '').map(group => [group.key, group.lines.map(line => line.label)])

describe('what a moderator reads', () => {
  it('is everything of a new service', () => expect(of(null, content).map(([key]) => key)).toEqual(['basics', 'packages']))
  it('is nothing when nothing changed', () => expect(of(content, structuredClone(content))).toEqual([]))
  it('is the one line that changed', () => expect(of(content, { ...content, title: '丁' })).toEqual([['basics', ['services.editor.title']]]))
  it('is a price that changed by a fen', () => {
    const [item] = content.packages
    expect(of(content, { ...content, packages: item ? [{ ...item, price: { amount: '10001', currency: 'CNY' } }] : [] })).toEqual([['packages', ['catalog.tiers.basic']]])
  })
  it('is also what was taken away', () => {
    const faqs = [{ question: '问', answer: '答' }]
    expect(differences({ ...content, faqs }, content, t, slug => slug ?? '')).toEqual([{ key: 'faqs', lines: [{ label: '问', before: '答', after: '' }] }])
  })
})
