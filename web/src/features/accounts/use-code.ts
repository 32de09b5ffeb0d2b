/** Asking for a one-time code, and waiting until it may be asked for again. */
import { computed, ref } from 'vue'
import type { AnswerOf, ArgumentsOf } from '@/lib/api-types.ts'
import { api } from '@/lib/api.ts'
import { serverNow, useNow } from '@/lib/clock.ts'
import { useApiMutation } from '@/lib/query.ts'

export type CodePurpose = ArgumentsOf<typeof api.accounts.requestCode>['body']['purpose']

export function useCode(purpose: CodePurpose) {
  const now = useNow('second')
  const sent = ref<AnswerOf<typeof api.accounts.requestCode> & { contact: string, minutes: number }>()
  const { mutateAsync, isPending } = useApiMutation(api.accounts.requestCode, { quiet: true })
  return {
    sent,
    sending: isPending,
    /** Seconds until the next code may be asked for. */
    wait: computed(() => (sent.value ? Math.max(0, Math.ceil((new Date(sent.value.resendAt).getTime() - now.value) / 1000)) : 0)),
    /** Fails like the call itself. */
    async send(contact: string): Promise<void> {
      const answer = await mutateAsync({ body: { purpose, contact } })
      sent.value = { ...answer, contact, minutes: Math.round((new Date(answer.expiresAt).getTime() - serverNow()) / 60_000) }
    },
    forget: () => { sent.value = undefined },
  }
}
