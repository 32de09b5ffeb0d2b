/** The stories of the demo's orders, event by event, each played by whom it belongs to. */
import { catalog } from '@miaodan/shared/catalog/contract'
import { disputes, refunds } from '@miaodan/shared/disputes/contract'
import type { RefundRequestView } from '@miaodan/shared/disputes/model'
import { fen, type Money } from '@miaodan/shared/kernel/money'
import { orders as contracts } from '@miaodan/shared/orders/contract'
import { quotes } from '@miaodan/shared/orders/quotes'
import type { MilestoneView, OrderView, QuoteView } from '@miaodan/shared/orders/views'
import { reviews } from '@miaodan/shared/reviews/contract'
import { coupons } from '@miaodan/shared/rewards/contract'
import { momentOf } from './clock.ts'
import { orders } from './content/orders/index.ts'
import type { OrderStory, StoryEvent } from './content/types.ts'
import { send } from './files/index.ts'
import { pay, payOut } from './paying.ts'
import { tradeNameOf } from './people.ts'
import { offer, termsOf } from './quotes.ts'
import type { Scene } from './scenes.ts'
import { known, type Actor, type Stage } from './stage.ts'

export const orderScenes = (stage: Stage): Scene[] => orders.flatMap(story => {
  const play = new OrderPlay(stage, story)
  return story.events.map(event => ({ at: momentOf(event.at, stage.loadedAt), name: `${story.id}: ${event.type}`, play: () => play.event(event) }))
})

class OrderPlay {
  readonly #stage: Stage
  readonly #story: OrderStory
  #quote: QuoteView | undefined

  constructor(stage: Stage, story: OrderStory) {
    this.#stage = stage
    this.#story = story
  }

  async event(event: StoryEvent): Promise<void> {
    const { id } = this.#story
    switch (event.type) {
      case 'quote': return this.#agree(await offer(this.#stage, this.#story.providerId, this.#requirementId, event.terms))
      case 'counter': {
        const { id: quoteId, version } = this.#openQuote
        return this.#agree(await this.#actor(event.by).call(event.by === 'buyer' ? quotes.counter : quotes.reoffer, { params: { id: quoteId }, body: { version, terms: termsOf(event.terms) } }))
      }
      case 'accept_quote': {
        const { id: quoteId, version } = this.#openQuote
        return this.#agree(await this.#actor(event.by).call(event.by === 'buyer' ? quotes.accept : quotes.agree, { params: { id: quoteId }, body: { version } }))
      }
      case 'place': return this.#place()
      case 'take': {
        const taken = await this.#actor('provider').call(contracts.take, { params: { id: known(this.#stage.requirements, this.#requirementId) } })
        return void this.#stage.orders.set(id, taken.id)
      }
      case 'use_coupon': {
        const { id: couponId } = await this.#actor('buyer').call(coupons.claim, { body: { code: event.code } })
        return void await this.#actor('buyer').call(contracts.chooseCoupon, { params: this.#params, body: { couponId } })
      }
      case 'pay': return this.#pay(event)
      case 'provider_accepts': return void await this.#actor('provider').call(contracts.accept, { params: this.#params })
      case 'provider_declines': return void await this.#actor('provider').call(contracts.decline, { params: this.#params, body: { reason: event.reason } })
      case 'deliver': return this.#deliver(event)
      case 'request_revision': {
        const { id: milestoneId, version } = await this.#milestone(event.milestone)
        return void await this.#actor('buyer').call(contracts.revise, { params: { id: milestoneId }, body: { reason: event.reason, version } })
      }
      case 'extend': return void await this.#actor('buyer').call(contracts.extend, { params: { id: (await this.#milestone(event.milestone)).id } })
      case 'accept': return this.#accept(event.milestone)
      // Nobody acts: what falls due happens on the way to the next scene.
      case 'timer': return
      case 'ask_refund': {
        const { id: milestoneId } = await this.#milestone(event.milestone)
        return void await this.#actor(event.by).call(refunds.ask, { params: this.#params, body: { cause: event.cause, message: event.message, uploads: [], milestones: [{ id: milestoneId, amount: fen(event.amountFen) }] } })
      }
      case 'counter_refund': return void await this.#actor(event.by).call(refunds.counter, { ...await this.#refund(), body: { version: await this.#offer(), amount: fen(event.amountFen), message: event.message, uploads: [] } })
      case 'agree_refund': return void await this.#actor(event.by).call(refunds.agree, { ...await this.#refund(), body: { version: await this.#offer() } })
      case 'refuse_refund': return void await this.#actor(event.by).call(refunds.refuse, { ...await this.#refund(), body: { version: await this.#offer(), message: event.message } })
      case 'add_evidence': return this.#argue(event)
      case 'rule': {
        const { pot, params } = await this.#case()
        return void await known(this.#stage.people, event.arbitratorId).call(disputes.rule, { params, body: { toBuyer: fen(event.toBuyerFen), toProvider: fen(pot.amount - event.toBuyerFen), reasons: event.reasons } })
      }
      case 'appeal': return void await this.#actor(event.by).call(disputes.appeal, { params: (await this.#case()).params, body: { reason: event.reason } })
      case 'review': return this.#actor(event.by).call(reviews.submit, { params: this.#params, body: { ratings: ratingsOf(event.review), text: event.review.text, suggestion: event.review.suggestion } })
      case 'payout': return payOut(this.#actor('provider'), event.amountFen)
    }
  }

  #actor(side: 'buyer' | 'provider'): Actor {
    return known(this.#stage.people, side === 'buyer' ? this.#story.buyerId : this.#story.providerId)
  }

  get #params(): { id: string } {
    return { id: known(this.#stage.orders, this.#story.id) }
  }

  get #requirementId(): string {
    const { source } = this.#story
    if (source.kind !== 'requirement') throw new Error('this order comes from a service')
    return source.requirementId
  }

  get #openQuote(): QuoteView {
    if (!this.#quote) throw new Error('nothing was offered yet')
    return this.#quote
  }

  #agree(quote: QuoteView): void {
    this.#quote = quote
    if (quote.orderId !== null) this.#stage.orders.set(this.#story.id, quote.orderId)
  }

  async #place(): Promise<void> {
    const { source, id } = this.#story
    if (source.kind !== 'service') throw new Error('this order comes from a requirement')
    const serviceId = known(this.#stage.services, source.serviceId)
    const selection = { package: source.tier, addOns: source.addOnIds.map(addOn => ({ id: addOn, quantity: 1 })), answers: source.answers }
    const buyer = this.#actor('buyer')
    const { total } = await buyer.call(catalog.quotePrice, { params: { id: serviceId }, body: selection })
    this.#stage.orders.set(id, (await buyer.call(contracts.createDirect, { body: { serviceId, selection, price: total } })).id)
  }

  async #pay({ channel, milestones: positions }: Extract<StoryEvent, { type: 'pay' }>): Promise<void> {
    const { id, milestones } = await this.#order()
    const chosen = milestones.filter(milestone => positions.includes(milestone.position))
    const amount = fen(chosen.reduce((sum, milestone) => sum + milestone.price.amount - milestone.coupon.amount, 0n))
    await pay(this.#stage, this.#actor('buyer'), { purpose: 'order', subjectId: id, channel, amount, milestoneIds: chosen.map(milestone => milestone.id) })
  }

  async #deliver({ milestone: position, message, files }: Extract<StoryEvent, { type: 'deliver' }>): Promise<void> {
    const provider = this.#actor('provider')
    const { id, checklist } = await this.#milestone(position)
    const uploads = await send(this.#stage, provider.userId, files, { about: this.#story.title, author: tradeNameOf(this.#story.providerId), paragraphs: [message, ...checklist.map(line => line.text)] })
    const proofs = checklist.map((line, index) => ({ position: line.position, note: `见 ${files[index % files.length]}` }))
    await provider.call(contracts.deliver, { params: { id }, body: { message, uploads, proofs } })
  }

  /** Line by line, as the page asks for it. */
  async #accept(position: number): Promise<void> {
    const buyer = this.#actor('buyer')
    const { id, price, checklist, version } = await this.#milestone(position)
    for (const line of checklist) await buyer.call(contracts.tick, { params: { id, position: line.position }, body: { ticked: true } })
    await buyer.call(contracts.release, { params: { id }, body: { version, amount: price } })
  }

  async #newestRefund(): Promise<RefundRequestView> {
    const { items: [newest] } = await this.#actor('buyer').call(refunds.ofOrder, { params: this.#params })
    if (!newest) throw new Error('no refund was asked yet')
    return newest
  }

  async #refund(): Promise<{ params: { id: string } }> {
    return { params: { id: (await this.#newestRefund()).id } }
  }

  /** The number of the offer that lies on the table. */
  async #offer(): Promise<number> {
    return (await this.#newestRefund()).offers.length
  }

  async #case(): Promise<{ params: { id: string }, pot: Money }> {
    const { disputeId, most } = await this.#newestRefund()
    if (!disputeId) throw new Error('there is no case yet')
    return { params: { id: disputeId }, pot: most }
  }

  async #argue({ by, message, files }: Extract<StoryEvent, { type: 'add_evidence' }>): Promise<void> {
    const side = this.#actor(by)
    const uploads = await send(this.#stage, side.userId, files, { about: this.#story.title, author: by === 'provider' ? tradeNameOf(this.#story.providerId) : this.#story.title, paragraphs: [message] })
    await side.call(disputes.addEvidence, { params: (await this.#case()).params, body: { message, uploads } })
  }

  async #order(): Promise<OrderView> {
    return this.#actor('buyer').call(contracts.get, { params: this.#params })
  }

  /** With the number of its newest delivery. */
  async #milestone(position: number): Promise<MilestoneView & { version: number }> {
    const milestone = (await this.#order()).milestones.find(other => other.position === position)
    if (!milestone) throw new Error(`there is no milestone ${position}`)
    return { ...milestone, version: Math.max(0, ...milestone.deliveries.map(delivery => delivery.version)) }
  }
}

const ratingsOf = ({ attitude, skill, quality }: { attitude: number, skill: number, quality: number }) => ({ attitude, skill, quality })
