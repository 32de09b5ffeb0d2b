/** While the site is under maintenance people look and staff work. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { signUp, type TestPerson } from '../../test/people.ts'
import { PASSWORD, passwordHashed } from '../../test/wallet.ts'
import { auditEntries } from './audit.ts'
import { maintenanceNow } from './maintenance.ts'

let t: TestApp
let person: TestPerson
let owner: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  person = await signUp(t, { passwordHash: await passwordHashed() })
  owner = await signUp(t, { staffRoles: ['owner'] })
})
afterAll(() => t.close())

const untilIt = async (isOn: boolean): Promise<void> => {
  while ((maintenanceNow(t.deps) !== null) !== isOn) await new Promise(done => setTimeout(done, 5))
}
const rename = (who: TestPerson) => who.inject({ method: 'PATCH', url: '/api/v1/me', payload: { displayName: '换个名字' } })
const status = async () => (await t.app.inject({ url: '/api/v1/status' })).json()

it('is for the owner alone to begin', async () => {
  const moderator = await signUp(t, { staffRoles: ['moderator'] })
  for (const who of [person, moderator]) expect((await who.inject({ method: 'PUT', url: '/api/v1/staff/maintenance', payload: { message: '', until: null } })).statusCode).toBe(403)
  expect(await status()).toMatchObject({ state: 'working', maintenance: null, parts: expect.arrayContaining([{ name: 'database', working: true }]) })
})

it('refuses changes with a word and a time, shows everything, and lets staff and the gateway through', async () => {
  const until = new Date(t.deps.clock.now().getTime() + 600_000)
  expect((await owner.inject({ method: 'PUT', url: '/api/v1/staff/maintenance', payload: { message: '升级数据库，十分钟。', until: until.toISOString() } })).json()).toMatchObject({ since: expect.any(String), message: '升级数据库，十分钟。' })
  await untilIt(true)
  const refused = await rename(person)
  expect([refused.statusCode, refused.json().code]).toEqual([503, 'kernel.maintenance'])
  expect(refused.json().title).toContain('升级数据库，十分钟。')
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(500)
  expect((await person.inject({ url: '/api/v1/me' })).statusCode).toBe(200)
  expect((await t.app.inject({ url: '/api/v1/system' })).json().maintenance).toMatchObject({ message: '升级数据库，十分钟。', until: until.toISOString() })
  expect((await status()).state).toBe('maintenance')

  expect((await rename(owner)).statusCode).toBe(200)
  expect((await t.app.inject({ method: 'POST', url: '/api/v1/session', payload: { account: person.username, password: PASSWORD } })).statusCode).toBe(200)
  // Refused for its signature, not for the time it came at.
  const callback = await t.app.inject({ method: 'POST', url: `/api/v1/callbacks/${t.deps.gateway.name}`, payload: 'nonsense', headers: { 'content-type': 'text/plain' } })
  expect(callback.statusCode).not.toBe(503)
})

it('is over when the owner says so, and both are written down', async () => {
  expect((await owner.inject({ method: 'DELETE', url: '/api/v1/staff/maintenance' })).statusCode).toBe(204)
  await untilIt(false)
  expect((await rename(person)).statusCode).toBe(200)
  expect((await t.deps.db.select().from(auditEntries)).map(entry => entry.action)).toEqual(expect.arrayContaining(['system.maintenance_started', 'system.maintenance_ended']))
})
