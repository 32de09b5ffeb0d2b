/** Finding a city while typing: names that begin with the letters come before those that only hold them. */
import { areaName, cities, type City } from '@miaodan/shared/accounts/cities'
import { computed, type Ref } from 'vue'
import { locale } from '@/lib/locale.ts'

const plain = (text: string): string => text.toLowerCase().replace(/[\s']/g, '')

function rankOf(city: City, wanted: string): number {
  const names = [city.zh, plain(city.en)]
  if (names.some(name => name.startsWith(wanted))) return 0
  if ([city.province.zh, plain(city.province.en)].some(name => name.startsWith(wanted))) return 1
  return names.some(name => name.includes(wanted)) ? 2 : -1
}

export function useCitySearch(term: Ref<string>, extra: readonly string[] = []) {
  return computed(() => {
    const wanted = plain(term.value)
    const found = wanted === '' ? [...cities] : cities.filter(city => rankOf(city, wanted) >= 0).sort((a, b) => rankOf(a, wanted) - rankOf(b, wanted))
    return [
      ...extra.filter(code => plain(areaName(code, locale.value)).startsWith(wanted)).map(value => ({ value, label: areaName(value, locale.value), description: '' })),
      ...found.map(city => ({ value: city.code, label: areaName(city.code, locale.value), description: locale.value === 'en' ? city.province.en : city.province.zh })),
    ]
  })
}
