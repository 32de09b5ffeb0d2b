/** What is typed for an announcement, and what it means. Days and times are those of China, where the platform works. */
import { computed, reactive } from 'vue'
import { RULES_NOTICE, type AnnouncementKind } from '@miaodan/shared/announcements/rules'
import { serverNow } from '@/lib/clock.ts'
import type { StaffAnnouncement } from './types.ts'

const DAY_MS = 86_400_000
const CHINA_MS = 8 * 3_600_000
/** The day that is running is lost, and one more leaves time to publish. */
const USUAL_DAYS_AHEAD = RULES_NOTICE.days + 2

const inChina = (at: number): string => new Date(at + CHINA_MS).toISOString()
export const dayOf = (moment: string): string => inChina(Date.parse(moment)).slice(0, 10)
/** "2026-11-30": the moment that day begins; with a time, "2026-11-30T08:30", that one. Null for what is neither. */
export function momentOf(text: string): string | null {
  const [, day, time = '00:00'] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?$/.exec(text) ?? []
  const at = Date.parse(`${day}T${time}:00+08:00`)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
/** The next full hour but one, as an input for times takes it. */
export const usualMoment = (): string => `${inChina(serverNow() + 2 * 3_600_000).slice(0, 13)}:00`

const blank = () => ({ kind: 'notice' as AnnouncementKind, titleZh: '', titleEn: '', bodyZh: '', bodyEn: '', day: dayOf(new Date(serverNow() + USUAL_DAYS_AHEAD * DAY_MS).toISOString()) })

export function useAnnouncementForm() {
  const form = reactive(blank())
  return {
    form,
    /** Empty, or with what there is already. */
    fill(one: StaffAnnouncement | null): void {
      Object.assign(form, blank(), one && { kind: one.kind, titleZh: one.title.zh, titleEn: one.title.en, bodyZh: one.body.zh, bodyEn: one.body.en, ...(one.effectiveAt && { day: dayOf(one.effectiveAt) }) })
    },
    body: computed(() => ({
      kind: form.kind, titleZh: form.titleZh.trim(), titleEn: form.titleEn.trim(), bodyZh: form.bodyZh.trim(), bodyEn: form.bodyEn.trim(),
      effectiveAt: form.kind === 'rules' ? momentOf(form.day) : null,
    })),
  }
}
