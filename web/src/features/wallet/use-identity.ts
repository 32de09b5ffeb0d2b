/** Proving that it is really the person: with a code sent to their own phone or e-mail, or with their password. */
import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { AnswerOf } from '@/lib/api-types.ts'
import { api } from '@/lib/api.ts'
import { serverNow, useNow } from '@/lib/clock.ts'
import { useApiMutation, useApiQuery } from '@/lib/query.ts'

export function useIdentity() {
  const { t } = useI18n()
  const now = useNow('second')
  const { data: me } = useApiQuery(api.accounts.me)
  const request = useApiMutation(api.accounts.requestIdentityCode, { quiet: true })
  const confirmation = useApiMutation(api.accounts.confirmIdentity, { quiet: true })

  const code = ref('')
  const password = ref('')
  const chosen = ref<'code' | 'password'>()
  const sent = ref<AnswerOf<typeof api.accounts.requestIdentityCode> & { contact: string, minutes: number }>()
  const contact = computed(() => {
    const contacts = me.value?.contacts
    return contacts?.phone ? { channel: 'phone' as const, to: contacts.phone } : contacts?.email ? { channel: 'email' as const, to: contacts.email } : null
  })
  const method = computed(() => chosen.value ?? (contact.value || !me.value?.hasPassword ? 'code' : 'password'))

  async function send(): Promise<void> {
    if (!contact.value) return
    const answer = await request.mutateAsync({ body: { channel: contact.value.channel } })
    sent.value = { ...answer, contact: contact.value.to, minutes: Math.round((new Date(answer.expiresAt).getTime() - serverNow()) / 60_000) }
  }
  const forget = (): void => { sent.value = undefined }

  return {
    code, password, contact, method,
    known: computed(() => me.value !== undefined),
    canSwitch: computed(() => Boolean(contact.value && me.value?.hasPassword)),
    impossible: computed(() => me.value !== undefined && !contact.value && !me.value.hasPassword),
    use: (wanted: 'code' | 'password') => { chosen.value = wanted },
    /** For <CodeField>. */
    oneTime: {
      sent,
      sending: request.isPending,
      send,
      forget,
      wait: computed(() => (sent.value ? Math.max(0, Math.ceil((new Date(sent.value.resendAt).getTime() - now.value) / 1000)) : 0)),
    },
    /** What is missing, by field, for a form's own check. */
    faults: (): Record<string, string | null> => (method.value === 'password'
      ? { password: password.value ? null : t('wallet.identity.needPassword') }
      : { code: sent.value && /^\d{6}$/.test(code.value) ? null : t('wallet.identity.needCode') }),
    /** Makes a confirmation that serves once, and answers with its id. Fails like the call itself. */
    async confirm(): Promise<string> {
      const body = method.value === 'password' || !contact.value ? { password: password.value } : { channel: contact.value.channel, code: code.value }
      const { id } = await confirmation.mutateAsync({ body })
      return id
    },
    /** A proof serves once: the next act needs another. */
    reset(): void {
      code.value = password.value = ''
      forget()
    },
  }
}
export type Identity = ReturnType<typeof useIdentity>
