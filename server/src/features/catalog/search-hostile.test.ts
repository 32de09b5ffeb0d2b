/** Whatever is typed or sent to the searches, the answer is a page, an empty one or a problem document: never a failure of ours. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { publishedService } from '../../../test/catalog.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { hostileTexts } from '../../ports/search/contract-samples.ts'

let t: TestApp
let provider: TestPerson

beforeAll(async () => {
  t = await createTestApp()
  provider = await signUp(t, { displayName: '林雨', roles: ['provider'] })
  await publishedService(t, provider, { title: '活动海报设计', category: 'logo' })
})
afterAll(() => t.close())

const places = ['/services?q=', '/services/suggestions?q=', '/services?category=', '/services?area=', '/requirements?q=', '/requirements?category=']
/** A surrogate alone cannot stand in an address: browsers send its replacement. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed())

describe('hostile searches', () => {
  it.each(hostileTexts)('answers %j everywhere', async text => {
    for (const place of places) {
      const answer = await provider.inject({ url: `/api/v1${place}${encoded(text)}` })
      expect([200, 400, 414, 422], `${place} ${answer.body}`).toContain(answer.statusCode)
      if (answer.statusCode !== 200) expect(answer.headers['content-type']).toContain('application/problem+json')
    }
  })

  it.each(['page=1000000000', 'page=0', 'page=-1', 'page=x', 'page=1e9', 'limit=100000', 'limit=0', 'sort=colour', 'facet=colour', 'colour=red', 'minPrice=-1', 'minPrice=99999999999999999999', 'maxDays=2', 'kind=ghost', 'q=a&q=b', 'online=perhaps'])('answers ?%s', async query => {
    const answer = await t.app.inject({ url: `/api/v1/services?${query}` })
    expect([200, 400, 422], answer.body).toContain(answer.statusCode)
    if (answer.statusCode !== 200) expect(answer.json()).toMatchObject({ code: expect.any(String), title: expect.any(String) })
  })

  it('names the engine that answered', async () => {
    const answer = await t.app.inject({ url: '/api/v1/services?q=海报' })
    expect(answer.headers['x-search-engine']).toBe('postgres')
    expect(answer.json()).toMatchObject({ engine: 'postgres', total: 1 })
  })
})
