import { useI18n } from 'vue-i18n'
import type { ServiceData } from '../types.ts'

type Package = ServiceData['packages'][number]

/** Days and revisions of a package in words. */
export function usePackageTexts() {
  const { t } = useI18n()
  return {
    days: (item: Pick<Package, 'deliveryDays'>) => t('common.days', { count: item.deliveryDays }, item.deliveryDays),
    revisions: (count: number | null) => (count === null ? t('service.revisionsUnlimited') : count === 0 ? t('service.revisionsNone') : t('service.revisionsCount', { count }, count)),
  }
}
