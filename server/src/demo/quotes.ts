import { fen } from '@miaodan/shared/kernel/money'
import { matching } from '@miaodan/shared/matching/contract'
import type { QuoteTerms } from '@miaodan/shared/orders/model'
import { quotes } from '@miaodan/shared/orders/quotes'
import type { QuoteView } from '@miaodan/shared/orders/views'
import type { QuoteTerms as WrittenTerms } from './content/types.ts'
import { known, type Stage } from './stage.ts'

export const termsOf = ({ milestones, ...terms }: WrittenTerms): QuoteTerms => ({ ...terms, milestones: milestones.map(({ priceFen, ...milestone }) => ({ ...milestone, price: fen(priceFen) })) })

/** A provider opens a requirement, writes, and offers. */
export async function offer(stage: Stage, providerId: string, requirementId: string, terms: WrittenTerms): Promise<QuoteView> {
  const provider = known(stage.people, providerId)
  const id = known(stage.requirements, requirementId)
  await provider.call(matching.seen, { params: { id } })
  await provider.call(matching.quoting, { params: { id } })
  return provider.call(quotes.offer, { body: { requirementId: id, terms: termsOf(terms) } })
}
