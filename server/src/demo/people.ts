/** The people of the demo: they register, present themselves and have themselves verified. */
import { accounts } from '@miaodan/shared/accounts/contract'
import { ALL_AREAS, cityByName } from '@miaodan/shared/accounts/cities'
import { isCreditCode, isIdentityNumber } from '@miaodan/shared/accounts/identity-numbers'
import type { VerificationInput } from '@miaodan/shared/accounts/verification'
import { addCase, grantStaffRoles, hashPassword, offerDemoAccount, registerPerson, type NewPerson } from '../features/accounts/index.ts'
import { inTransaction } from '../kernel/tx.ts'
import { dayOf } from './clock.ts'
import { buyers, demoPassword, providers, staff } from './content/people/index.ts'
import type { DemoBuyer, DemoPerson, DemoProvider } from './content/types.ts'
import { scene, type Scene } from './scenes.ts'
import { known, type Stage } from './stage.ts'

const STAFF_JOINED_DAY = -900
/** Buyers came one after the other, the last of them before the first story begins. */
const FIRST_BUYER_DAY = -260
const BUYER_EVERY_DAYS = 21

export async function peopleScenes(stage: Stage): Promise<Scene[]> {
  const passwordHash = await hashPassword(demoPassword)
  const join = (person: DemoPerson, more: Partial<NewPerson> = {}, arrive?: (userId: string) => Promise<unknown>) => async () => {
    const { username, displayName, phone, email } = person
    const { userId } = await inTransaction(stage.deps.db, async tx => {
      const registered = await registerPerson(tx, stage.deps, { username, displayName, phone, email, passwordHash, ...more })
      await offerDemoAccount(tx, registered.userId, demoPassword, position(person))
      return registered
    })
    await stage.enter(person.id, userId)
    await arrive?.(userId)
  }
  return [
    ...staff.map(person => scene(stage, { day: STAFF_JOINED_DAY, time: '09:00' }, `${person.id} joins`,
      join(person, {}, userId => inTransaction(stage.deps.db, tx => grantStaffRoles(tx, stage.deps, userId, [person.role]))))),
    ...buyers.map((person, index) => scene(stage, { day: FIRST_BUYER_DAY + index * BUYER_EVERY_DAYS, time: '20:15' }, `${person.id} joins`,
      join(person, { displayName: nameOf(person), city: cityCode(person.city) }))),
    ...providers.flatMap(person => [
      scene(stage, { day: person.joinedDay, time: '10:20' }, `${person.id} joins`, join(person, { kind: person.kind, roles: ['buyer', 'provider'], city: cityCode(person.city) }, () => present(stage, person))),
      ...verification(stage, person),
    ]),
  ]
}

/** What stands on somebody's papers. */
export function tradeNameOf(id: string): string {
  const name = buyers.find(buyer => buyer.id === id)?.tradeName ?? providers.find(provider => provider.id === id)?.displayName
  if (name === undefined) throw new Error(`${id} trades under no name`)
  return name
}

/** Buyers trade under the name of their shop; who acts for it is said as well. */
const nameOf = ({ displayName, tradeName }: DemoBuyer): string => `${displayName} · ${tradeName}`

/** Those a visitor is shown first: a buyer, a provider, then the staff, then everybody else. */
function position(person: DemoPerson): number {
  const [buyer, ...otherBuyers] = buyers
  const [provider, ...otherProviders] = providers
  return [buyer, provider, ...staff, ...otherBuyers, ...otherProviders].findIndex(other => other?.id === person.id)
}

function cityCode(name: string): string {
  const city = cityByName(name)
  if (!city) throw new Error(`${name} is no city`)
  return city.code
}

async function present(stage: Stage, person: DemoProvider): Promise<void> {
  const actor = known(stage.people, person.id)
  const { headline, bio, bioEn, contactName, skills, weeklyHours, capacity, holiday } = person
  await actor.call(accounts.updateProvider, {
    body: {
      headline, bio, bioEn, contactName, skills, weeklyHours, capacity, replyHabit: person.reply.habit,
      areas: person.areas.map(area => (area === '全国' ? ALL_AREAS : cityCode(area))),
      holiday: holiday ? { from: dayOf(holiday.fromDay, stage.loadedAt), until: dayOf(holiday.untilDay, stage.loadedAt), note: holiday.note } : null,
    },
  })
  // Drawn covers are the demo's own; people's cases have pictures.
  for (const { cover, ...work } of person.cases) await inTransaction(stage.deps.db, tx => addCase(tx, stage.deps, actor.userId, { ...work, imageIds: [] }, cover))
}

function verification(stage: Stage, person: DemoProvider): Scene[] {
  if (person.verification === 'none') return []
  const asked = scene(stage, { day: person.verification === 'in_review' ? -1 : person.joinedDay + 1, time: '11:40' }, `${person.id} asks to be verified`, async () => {
    await known(stage.people, person.id).call(accounts.requestVerification, { body: papersOf(stage, person) })
  })
  if (person.verification === 'in_review') return [asked]
  return [asked, scene(stage, { day: person.joinedDay + 2, time: '15:10' }, `${person.id} is verified`, async () => {
    const moderator = known(stage.people, 'moderator')
    const { items } = await moderator.call(accounts.verificationQueue, { query: { state: 'in_review', limit: 50 } })
    const request = items.find(item => item.person.username === person.username)
    if (!request) throw new Error('the request is not in the queue')
    await moderator.call(accounts.approveVerification, { params: { id: request.id } })
  })]
}

/** Made-up papers whose check digits hold. */
function papersOf(stage: Stage, { kind, city, displayName, contactName, phone }: DemoProvider): VerificationInput {
  const region = cityCode(city)
  const serial = phone.slice(-3)
  if (kind === 'company') return { kind, name: `${city}${displayName}有限公司`, number: withCheckDigit(`91${region}MA2DEM${serial}`, '0123456789ABCDEFGHJKLMNPQRTUWXY', isCreditCode) }
  return { kind: 'person', name: contactName, number: withCheckDigit(`${region}19880412${serial}`, '0123456789X', number => isIdentityNumber(number, stage.loadedAt)) }
}

function withCheckDigit(number: string, digits: string, holds: (number: string) => boolean): string {
  const digit = [...digits].find(candidate => holds(number + candidate))
  if (digit === undefined) throw new Error(`no check digit makes ${number} hold`)
  return number + digit
}
