/** What comes by e-mail and SMS. Each change is kept at once, and shown before the server has answered. */
import { shallowReactive } from 'vue'
import type { AnswerOf } from '@/lib/api-types.ts'
import { api } from '@/lib/api.ts'
import { keyOf, queryClient, useApiMutation, useApiQuery } from '@/lib/query.ts'

export type NoticeSettings = AnswerOf<typeof api.notifications.settings>
export type NoticeGroup = NoticeSettings['groups'][number]
export const CHANNELS = ['email', 'sms'] as const
export type Channel = typeof CHANNELS[number]
type Choice = Record<Channel, boolean>

/** Every change answers with all settings. */
export const keepSettings = (settings: NoticeSettings): void => void queryClient.setQueryData(keyOf(api.notifications.settings), settings)

export function useNoticeSettings() {
  const query = useApiQuery(api.notifications.settings)
  const save = useApiMutation(api.notifications.choose)
  /** Chosen, and not yet kept. */
  const chosen = shallowReactive(new Map<string, Choice>())
  const saving = new Set<string>()

  const reaches = (channel: Channel): boolean => Boolean(channel === 'sms' ? query.data.value?.contacts.phone : query.data.value?.contacts.email)
  const choiceOf = (row: NoticeGroup): Choice => chosen.get(row.group) ?? { email: row.email, sms: row.sms }

  /** Whether it comes there: as chosen, where there is a contact; what must not be missed also where nothing else reaches. */
  function comes(row: NoticeGroup, channel: Channel): boolean {
    const choice = choiceOf(row)
    const elsewhere = CHANNELS.some(other => other !== channel && choice[other] && reaches(other))
    return reaches(channel) && (choice[channel] || (row.required && !elsewhere))
  }

  /** The last way of what must not be missed cannot be switched off, and a channel without a contact not on. */
  const isFixed = (row: NoticeGroup, channel: Channel): boolean => !reaches(channel) || (row.required && comes(row, channel) && !CHANNELS.some(other => other !== channel && comes(row, other)))

  /** One call a group at a time, and always with the latest choice. */
  async function choose(row: NoticeGroup, channel: Channel, on: boolean): Promise<void> {
    const { group } = row
    chosen.set(group, { ...choiceOf(row), [channel]: on })
    if (saving.has(group)) return
    saving.add(group)
    try {
      for (let body = chosen.get(group); body; body = chosen.get(group)) {
        const settings = await save.mutateAsync({ params: { group }, body })
        keepSettings(settings)
        if (chosen.get(group) === body) chosen.delete(group)
      }
    } catch {
      // Told in a toast; what is shown is what is kept.
      chosen.delete(group)
    } finally {
      saving.delete(group)
    }
  }

  return { ...query, comes, isFixed, reaches, choose }
}
