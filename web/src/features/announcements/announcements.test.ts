import { describe, expect, it } from 'vitest'
import { lineFor } from './line-for.ts'
import { dayOf, momentOf, useAnnouncementForm } from './use-announcement-form.ts'

describe('days and times of the desk', () => {
  it.each([['2026-11-30', '2026-11-29T16:00:00.000Z'], ['2026-11-30T08:30', '2026-11-30T00:30:00.000Z'], ['', null], ['2026-13-01', null], ['morgen', null]])('%s is %s', (text, moment) => {
    expect(momentOf(text)).toBe(moment)
  })
  it('come back as the day they were', () => expect(dayOf('2026-11-29T16:00:00.000Z')).toBe('2026-11-30'))
})

describe('what is written', () => {
  const rules = { id: '1', kind: 'rules' as const, title: { zh: ' 规则 ', en: 'Rules' }, body: { zh: '一', en: 'One' }, effectiveAt: '2026-11-29T16:00:00.000Z', state: 'draft' as const, publishedAt: null, createdAt: '2026-11-01T00:00:00.000Z' }
  it('has its day only as a change of rules', () => {
    const { form, fill, body } = useAnnouncementForm()
    fill(rules)
    expect(body.value).toEqual({ kind: 'rules', titleZh: '规则', titleEn: 'Rules', bodyZh: '一', bodyEn: 'One', effectiveAt: '2026-11-29T16:00:00.000Z' })
    form.kind = 'notice'
    expect(body.value.effectiveAt).toBeNull()
  })
  it('begins empty, whatever was open before', () => {
    const { form, fill } = useAnnouncementForm()
    fill(rules)
    fill(null)
    expect(form).toMatchObject({ kind: 'notice', titleZh: '', bodyEn: '' })
  })
})

describe('the line', () => {
  const line = { id: 'a', kind: 'rules' as const, title: { zh: '规则', en: 'Rules' }, publishedAt: '2026-11-20T02:00:00.000Z', effectiveAt: null, read: true }
  const guest = { guest: true, readUntil: null, openId: undefined }
  it('stands for a guest until they put it away, and again for a later one', () => {
    expect(lineFor(line, guest)).toBe(line)
    expect(lineFor(line, { ...guest, readUntil: line.publishedAt })).toBeNull()
    expect(lineFor({ ...line, publishedAt: '2026-11-21T02:00:00.000Z' }, { ...guest, readUntil: line.publishedAt })).not.toBeNull()
  })
  it('follows the server for who is signed in, whatever a guest has put away in this browser', () => {
    expect(lineFor(line, { ...guest, guest: false, readUntil: line.publishedAt })).toBe(line)
    expect(lineFor(null, { ...guest, guest: false })).toBeNull()
  })
  it('does not stand above itself', () => expect(lineFor(line, { ...guest, openId: 'a' })).toBeNull())
})
