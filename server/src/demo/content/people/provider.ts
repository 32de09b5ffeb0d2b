import type { Cover, DemoProvider, PortfolioCase } from '../types.ts'
import { list } from '../authoring.ts'

type Hours = DemoProvider['weeklyHours']

/** The same hours on a run of ISO weekdays, e.g. Monday to Friday as (1, 5). */
export function hours(first: number, last: number, from: string, to: string): Hours {
  const week: Hours = {}
  for (const day of [1, 2, 3, 4, 5, 6, 7] as const) if (day >= first && day <= last) week[day] = [from, to]
  return week
}

export const portfolioCase = (title: string, industry: string, year: number, cover: Cover, summary: string): PortfolioCase =>
  ({ title, industry, year, cover, summary })

type ProviderDraft = Omit<DemoProvider, 'username' | 'phone' | 'email' | 'areas' | 'skills' | 'newcomer'> & {
  number: string
  areas: string
  skills: string
  newcomer?: boolean
}

export function provider({ number, areas, skills, newcomer, ...rest }: ProviderDraft): DemoProvider {
  return {
    ...rest,
    username: rest.id, phone: `1990000${number}`, email: `${rest.id}@example.com`,
    areas: list(areas), skills: list(skills), newcomer: newcomer ?? false,
  }
}
