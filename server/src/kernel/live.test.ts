import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { defineFeature, type Viewer } from './feature.ts'
import { newId } from './ids.ts'
import { tellSessionsEnded } from './live.ts'

const people = new Map(['ann', 'bo'].map(name => [name, { userId: newId(), sessionId: newId(), roles: ['buyer'], staffRoles: [] } as Viewer]))
const heard: unknown[] = []
const seen: Array<[string, boolean]> = []
const feature = defineFeature({
  name: 'people',
  authenticate: async request => people.get(request.cookies['name'] ?? '') ?? null,
  live: { 'test.say': async (_deps, _viewer, message) => void heard.push(message['text']) },
  presence: async (_deps, userId, online) => void seen.push([userId, online]),
})

let t: TestApp
let address: string
beforeAll(async () => {
  t = await createTestApp({ features: [feature] })
  address = (await t.app.listen({ port: 0, host: '127.0.0.1' })).replace('http', 'ws')
})
afterAll(() => t.close())

type Line = { socket: WebSocket, next: () => Promise<Record<string, unknown>> }

async function connect(name: string, headers = {}): Promise<Line> {
  const socket = new WebSocket(`${address}/api/v1/live`, { headers: { cookie: `name=${name}`, ...headers } })
  const received: string[] = []
  socket.on('message', data => received.push(String(data)))
  const next = async () => {
    while (received.length === 0) await once(socket, 'message')
    return JSON.parse(received.shift() ?? '') as Record<string, unknown>
  }
  await once(socket, 'open')
  return { socket, next }
}
const idOf = (name: string) => people.get(name)?.userId as string

describe('the live socket', () => {
  it('greets with the time, and brings a person what is for them and nothing else', async () => {
    const [ann, bo] = await Promise.all([connect('ann'), connect('bo')])
    expect(await ann.next()).toMatchObject({ type: 'hello', now: expect.any(String) })
    await bo.next()
    t.deps.live.notify([idOf('ann')], { type: 'order.changed', id: 'one' })
    t.deps.live.notify([idOf('ann'), idOf('bo')], { type: 'order.changed', id: 'two' })
    expect(await ann.next()).toMatchObject({ id: 'one' })
    expect(await ann.next()).toMatchObject({ id: 'two' })
    expect(await bo.next()).toMatchObject({ id: 'two' })
    ann.socket.send(JSON.stringify({ type: 'test.say', text: '你好' }))
    await expect.poll(() => heard).toEqual(['你好'])
    expect(seen).toContainEqual([idOf('ann'), true])
    ann.socket.close()
    bo.socket.close()
    await expect.poll(() => seen.some(([id, online]) => id === idOf('ann') && !online)).toBe(true)
  })

  it('of a session that has ended hears so and is closed; that of the session kept stays', async () => {
    people.set('ann2', { ...people.get('ann') as Viewer, sessionId: newId() })
    const [ended, kept] = await Promise.all([connect('ann'), connect('ann2')])
    await Promise.all([ended.next(), kept.next()])
    tellSessionsEnded(t.deps.live, idOf('ann'), people.get('ann2')?.sessionId)
    expect(await ended.next()).toMatchObject({ type: 'session.ended' })
    expect((await once(ended.socket, 'close'))[0]).toBe(4401)
    t.deps.live.notify([idOf('ann')], { type: 'order.changed', id: 'three' })
    expect(await kept.next()).toMatchObject({ id: 'three' })
    kept.socket.close()
  })

  it('is refused without signing in, and to a foreign page', async () => {
    for (const headers of [{ cookie: '' }, { origin: 'https://evil.example' }]) {
      const socket = new WebSocket(`${address}/api/v1/live`, { headers: { cookie: 'name=ann', ...headers } })
      const [error] = await once(socket, 'error')
      expect(String(error)).toMatch(/40[13]/)
    }
  })

  it('that floods is told so and ended; one that talks nonsense or too much at once is ended', async () => {
    const flood = await connect('ann')
    for (let i = 0; i < 200; i++) flood.socket.send(JSON.stringify({ type: 'test.say', text: i }))
    await flood.next()
    expect(await flood.next()).toMatchObject({ type: 'problem', code: 'kernel.rate_limited' })
    expect((await once(flood.socket, 'close'))[0]).toBe(4429)
    const nonsense = await connect('bo')
    nonsense.socket.send('}{')
    expect((await once(nonsense.socket, 'close'))[0]).toBe(1003)
    const huge = await connect('bo')
    huge.socket.send('x'.repeat(100_000))
    expect((await once(huge.socket, 'close'))[0]).toBe(1009)
  })

  it('is told to come back when the process ends', async () => {
    const [ann, bo] = await Promise.all([connect('ann'), connect('bo')])
    const closed = Promise.all([ann, bo].map(async ({ socket }) => (await once(socket, 'close'))[0]))
    await t.app.close()
    expect(await closed).toEqual([1012, 1012])
  })
})
