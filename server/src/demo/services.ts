/** The services of the demo: written by their providers, and let in or sent back by a moderator. */
import { catalog } from '@miaodan/shared/catalog/contract'
import type { OrderFormField, ServiceDraft } from '@miaodan/shared/catalog/model'
import { fen } from '@miaodan/shared/kernel/money'
import { openChange } from '../features/catalog/index.ts'
import { providers } from './content/people/index.ts'
import { services } from './content/services/index.ts'
import type { DemoProvider, DemoService, FieldOption, FormField } from './content/types.ts'
import { scene, type Scene } from './scenes.ts'
import { known, type Stage } from './stage.ts'

/** What was submitted by then is not looked at before the visitor comes. */
const LATEST_DAY = -1
const PAUSED_DAY = -5

export function serviceScenes(stage: Stage): Scene[] {
  return providers.flatMap(provider => services.filter(service => service.providerId === provider.id).flatMap((service, index) => serviceScene(stage, provider, service, index)))
}

function serviceScene(stage: Stage, provider: DemoProvider, service: DemoService, index: number): Scene[] {
  const day = service.state === 'draft' || service.state === 'in_review' ? LATEST_DAY : Math.min(LATEST_DAY, provider.joinedDay + 3 + index * (provider.newcomer ? 1 : 9))
  const actor = () => known(stage.people, provider.id)
  const params = () => ({ id: known(stage.services, service.id) })
  const scenes = [scene(stage, { day, time: '10:30' }, `${service.id} is written`, async () => {
    const { id } = await actor().call(catalog.createService, { body: draftOf(service) })
    stage.services.set(service.id, id)
    if (service.state !== 'draft') await actor().call(catalog.submitService, { params: { id } })
  })]
  if (service.state === 'draft' || service.state === 'in_review') return scenes
  scenes.push(scene(stage, { day, time: '14:45' }, `${service.id} is moderated`, async () => {
    const moderator = known(stage.people, 'moderator')
    const change = await openChange(stage.deps.db, params().id)
    if (!change) throw new Error('there is nothing to moderate')
    if (service.rejectionReason === undefined) await moderator.call(catalog.approveChange, { params: { id: change.id } })
    else await moderator.call(catalog.rejectChange, { params: { id: change.id }, body: { reason: service.rejectionReason } })
  }))
  if (service.state === 'paused') scenes.push(scene(stage, { day: PAUSED_DAY, time: '18:20' }, `${service.id} is paused`, () => actor().call(catalog.pauseService, { params: params() })))
  return scenes
}

function draftOf({ title, summary, description, category, skills, packages, addOns, form, cover, faqs }: DemoService): ServiceDraft {
  return {
    title, summary, description, category, skills, cover, faqs, images: [],
    packages: packages.map(({ priceFen, ...item }) => ({ ...item, price: fen(priceFen) })),
    addOns: addOns.map(({ priceFen, ...item }) => ({ ...item, price: fen(priceFen), maxQuantity: 1 })),
    fields: form.map(fieldOf),
  }
}

function fieldOf(field: FormField): OrderFormField {
  const help = field.help ?? null
  switch (field.type) {
    case 'choice': return { ...field, help, options: optionsOf(field.options) }
    case 'choices': return { ...field, help, options: optionsOf(field.options), maxChoices: field.maxChoices ?? field.options.length }
    case 'number': {
      const { unitPriceFen, ...number } = field
      return { ...number, help, unitPrice: fen(unitPriceFen) }
    }
    default: return { ...field, help }
  }
}

const optionsOf = (options: FieldOption[]) => options.map(({ label, priceFen }) => ({ label, price: fen(priceFen) }))
