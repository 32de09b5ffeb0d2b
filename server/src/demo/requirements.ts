/** The requirements of the demo: posted, paid for when they are instant, read, offered for, and sometimes given up. */
import { dayInChina } from '@miaodan/shared/requirements/completeness'
import { fen } from '@miaodan/shared/kernel/money'
import { matching } from '@miaodan/shared/matching/contract'
import { quotes } from '@miaodan/shared/orders/quotes'
import { requirements as contracts } from '@miaodan/shared/requirements/contract'
import { OPEN_HOURS, REMOTE } from '@miaodan/shared/requirements/limits'
import type { RequirementPatch } from '@miaodan/shared/requirements/model'
import { momentOf } from './clock.ts'
import { requirements } from './content/requirements/index.ts'
import { services } from './content/services/index.ts'
import type { DemoRequirement } from './content/types.ts'
import { send } from './files/index.ts'
import { pay } from './paying.ts'
import { tradeNameOf } from './people.ts'
import { offer } from './quotes.ts'
import type { Scene } from './scenes.ts'
import { known, type Stage } from './stage.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Some of those who were told open it soon. */
const READERS = 2
const READ_AFTER_MINUTES = 6
const WITHDRAWN_AFTER_MINUTES = 380
const CANCELLED_AFTER_MINUTES = 2 * 24 * 60 + 35
/** What visitors find open stays so for a while after they have come. */
const LONGEST_OPEN_HOURS = { quotes: 336, direct: 336, instant: 24 } as const

export function requirementScenes(stage: Stage): Scene[] {
  return requirements.flatMap(requirement => {
    const buyer = () => known(stage.people, requirement.buyerId)
    const params = () => ({ id: known(stage.requirements, requirement.id) })
    const later = (minutes: number) => new Date(momentOf(requirement.posted, stage.loadedAt).getTime() + minutes * MINUTE_MS)
    const scenes: Scene[] = [{ at: later(0), name: `${requirement.id} is posted`, play: () => postRequirement(stage, requirement) }]
    if (requirement.state === 'open') scenes.push({ at: later(READ_AFTER_MINUTES), name: `${requirement.id} is read`, play: () => read(stage, requirement) })
    if (requirement.state === 'cancelled') {
      const reason = requirement.cancelReason ?? ''
      scenes.push({ at: later(CANCELLED_AFTER_MINUTES), name: `${requirement.id} is cancelled`, play: () => buyer().call(contracts.cancel, { params: params(), body: { reason } }) })
    }
    return [...scenes, ...otherQuotes(stage, requirement)]
  })
}

async function postRequirement(stage: Stage, requirement: DemoRequirement): Promise<void> {
  const buyer = known(stage.people, requirement.buyerId)
  const { id } = await buyer.call(contracts.create, { body: await draftOf(stage, requirement) })
  stage.requirements.set(requirement.id, id)
  if (requirement.state === 'draft') return
  await buyer.call(contracts.submit, { params: { id } })
  if (requirement.way === 'instant' && requirement.state !== 'in_review') await pay(stage, buyer, { purpose: 'requirement', subjectId: id, channel: 'alipay', amount: fen(requirement.budgetFen.max) })
}

async function draftOf(stage: Stage, { way, state, category, title, background, details, checklist, budgetFen, skills, deadlineDays, files, serviceId, buyerId }: DemoRequirement): Promise<RequirementPatch> {
  const buyer = known(stage.people, buyerId)
  const service = serviceId === undefined ? undefined : services.find(other => other.id === serviceId)
  const instant = way === 'instant'
  return {
    way, category, title, background, details, checklist, skills, area: REMOTE,
    ...(instant ? { price: fen(budgetFen.max) } : { budgetMin: fen(budgetFen.min), budgetMax: fen(budgetFen.max) }),
    deadline: dayInChina(new Date(stage.clock.now().getTime() + deadlineDays * DAY_MS)),
    openHours: state === 'open' ? LONGEST_OPEN_HOURS[way] : OPEN_HOURS[way][0],
    files: await send(stage, buyer.userId, files, { about: title, author: tradeNameOf(buyerId), paragraphs: checklist }),
    providerIds: service ? [known(stage.people, service.providerId).userId] : [],
    serviceId: serviceId === undefined ? null : known(stage.services, serviceId),
  }
}

/** The first of those who were told open it, whose buyer then sees that it is being read. */
async function read(stage: Stage, requirement: DemoRequirement): Promise<void> {
  const params = { id: known(stage.requirements, requirement.id) }
  const { items } = await known(stage.people, requirement.buyerId).call(matching.matchesOf, { params })
  const told = new Set(items.filter(item => item.state === 'invited').slice(0, READERS).map(item => item.provider.id))
  for (const actor of stage.people.values()) if (told.has(actor.userId)) await actor.call(matching.seen, { params })
}

/** Quotes that did not become the order. Rejected are those that were left when another one was accepted. */
function otherQuotes(stage: Stage, requirement: DemoRequirement): Scene[] {
  return (requirement.quotes ?? []).flatMap(({ providerId, at, terms, state }) => {
    const offeredAt = momentOf(at, stage.loadedAt)
    let quoteId = ''
    const scenes: Scene[] = [{
      at: offeredAt, name: `${providerId} quotes on ${requirement.id}`,
      play: async () => {
        quoteId = (await offer(stage, providerId, requirement.id, terms)).id
      },
    }]
    if (state === 'withdrawn') {
      scenes.push({ at: new Date(offeredAt.getTime() + WITHDRAWN_AFTER_MINUTES * MINUTE_MS), name: `${providerId} withdraws from ${requirement.id}`, play: () => known(stage.people, providerId).call(quotes.withdraw, { params: { id: quoteId } }) })
    }
    return scenes
  })
}
