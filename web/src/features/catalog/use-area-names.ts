/** Names of cities by their code. The list comes when the first one is asked for: pages are drawn before it is there. */
import { shallowRef } from 'vue'
import { locale } from '@/lib/locale.ts'

type AreaName = (code: string, locale: string) => string
const areaName = shallowRef<AreaName | null>(null)
let asked = false

export function useAreaNames(): (code: string | null) => string {
  if (!asked) {
    asked = true
    void import('@miaodan/shared/accounts/cities').then(module => { areaName.value = module.areaName }, () => { asked = false })
  }
  return code => (code === null ? '' : areaName.value?.(code, locale.value) ?? '')
}
