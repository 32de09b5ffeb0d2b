/** Which of their two sides a person who buys and sells is on now. Only changes what is shown, never what is allowed. */
import { computed, ref } from 'vue'
import { useSession } from './session.ts'
import { recall, remember } from './storage.ts'

export type Role = 'buyer' | 'provider'

const remembered = recall('role')
const chosen = ref<Role | null>(remembered === 'provider' || remembered === 'buyer' ? remembered : null)

export function chooseRole(role: Role): void {
  chosen.value = role
  remember('role', role)
}

export function useRole() {
  const { viewer } = useSession()
  const roles = computed(() => viewer.value?.roles ?? [])
  return {
    // Whoever offers services and has not chosen is here to work.
    role: computed<Role>(() => (chosen.value && (roles.value.length === 0 || roles.value.includes(chosen.value)) ? chosen.value : roles.value.includes('provider') ? 'provider' : 'buyer')),
    canSwitch: computed(() => roles.value.length > 1),
    chooseRole,
  }
}
