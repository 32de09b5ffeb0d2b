import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { signUp } from '../../../test/people.ts'
import { createApp } from '../../app.ts'
import { openDeps } from '../../deps.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { accountsFeature } from './index.ts'
import { grantStaffRoles } from './people.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.close())

const who = async (cookie: string) => (await t.app.inject({ url: '/api/v1/session', headers: { cookie } })).json().user

describe('a session', () => {
  it('says who is signed in', async () => {
    const person = await signUp(t, { displayName: '舒然', roles: ['buyer', 'provider'] })
    expect(await who(person.cookie)).toEqual({
      id: person.userId, username: person.username, displayName: '舒然', kind: 'person', roles: ['buyer', 'provider'], staffRoles: [], locale: 'zh-CN', avatar: { kind: 'face', seed: '舒然' },
    })
  })

  it('is refused when the cookie was changed or made up', async () => {
    const { cookie } = await signUp(t)
    for (const bad of [cookie.slice(0, -2), cookie.replace('.', 'x.'), 'md_session=abc.def', 'md_session=', 'md_session=%00']) expect(await who(bad)).toBeNull()
    expect(await who(cookie)).not.toBeNull()
  })

  it('ends at once when its owner signs out, also where it was cached', async () => {
    const person = await signUp(t)
    expect(await who(person.cookie)).not.toBeNull()
    const answer = await person.inject({ method: 'DELETE', url: '/api/v1/session' })
    expect(answer.statusCode).toBe(204)
    expect(answer.headers['set-cookie']).toContain('Max-Age=0')
    expect(await who(person.cookie)).toBeNull()
  })

  it('ends in other processes too, without waiting for their cache', async () => {
    const deps = await openDeps(t.deps.config)
    const app = await createApp(deps, [accountsFeature])
    const stopListening = await accountsFeature.start?.(deps)
    try {
      const person = await signUp(t)
      const there = async () => (await app.inject({ url: '/api/v1/me', headers: { cookie: person.cookie } })).statusCode
      expect(await there()).toBe(200)
      await person.inject({ method: 'DELETE', url: '/api/v1/session' })
      // Less than the cache's five seconds: it is the message that ends it.
      await vi.waitFor(async () => expect(await there()).toBe(401), { timeout: 2_000, interval: 20 })
    } finally {
      await stopListening?.()
      await app.close()
      await deps.close()
    }
  })

  it('carries new roles with the next request', async () => {
    const person = await signUp(t)
    expect((await who(person.cookie)).staffRoles).toEqual([])
    await inTransaction(t.deps.db, tx => grantStaffRoles(tx, t.deps, person.userId, ['moderator']))
    expect((await who(person.cookie)).staffRoles).toEqual(['moderator'])
  })

  it('lives for thirty days after the last visit', async () => {
    const person = await signUp(t)
    const day = 24 * 3600 * 1000
    for (let visit = 0; visit < 3; visit++) {
      await t.advance(29 * day)
      expect(await who(person.cookie)).not.toBeNull()
    }
    await t.advance(31 * day)
    expect(await who(person.cookie)).toBeNull()
  })
})
