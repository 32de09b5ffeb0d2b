/** Opens the conversation with somebody about a requirement. */
import { useRouter } from 'vue-router'
import { api } from '@/lib/api.ts'
import { useApiMutation } from '@/lib/query.ts'

export function useChatAbout(requirementId: () => string) {
  const router = useRouter()
  const start = useApiMutation(api.chat.start, { onSuccess: conversation => router.push(`/messages/${conversation.id}`) })
  return { opening: start.isPending, openChat: (userId: string) => start.mutate({ body: { userId, subject: { kind: 'requirement', id: requirementId() } } }) }
}
