/** Hearts: set at once, put back when the server says no, and the same on every card of the service. */
import { reactive } from 'vue'
import { useRouter } from 'vue-router'
import { api } from '@/lib/api.ts'
import { failureText } from '@/lib/failure-text.ts'
import { invalidate } from '@/lib/query.ts'
import { useRequireSignIn } from '@/lib/session.ts'
import { toast } from '@/lib/toasts.ts'

const changed = reactive(new Map<string, boolean>())

export function useFavourite() {
  const requireSignIn = useRequireSignIn(useRouter())
  const isKept = (service: { id: string, favourite: boolean }): boolean => changed.get(service.id) ?? service.favourite

  async function change(id: string, keep: boolean): Promise<void> {
    changed.set(id, keep)
    try {
      await (keep ? api.catalog.addFavourite : api.catalog.removeFavourite)({ params: { id } })
      void invalidate('catalog.favourites')
    } catch (error) {
      changed.set(id, !keep)
      toast(failureText(error), { tone: 'error' })
    }
  }
  return { isKept, toggle: (service: { id: string, favourite: boolean }) => requireSignIn(() => change(service.id, !isKept(service))) }
}
