/**
 * The product as docker-compose.yml runs it: two web processes and two workers on one Postgres, behind the real proxy with
 * its own configuration. Deals go on and people talk while each process is ended and started anew: nobody notices.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { rootCertificates, setDefaultCACertificates } from 'node:tls'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { sandboxControls } from '../src/ports/payments/sandbox-controls.ts'
import { createTestApp, type TestApp } from './app.ts'
import { hasCaddy, startCaddy, type TestProxy } from './caddy.ts'
import { startConversation } from './chat.ts'
import { ChatClient } from './chat-client.ts'
import { Client } from './crash/client.ts'
import { compareWithTold, findWrong } from './crash/checks.ts'
import { takeOut, trade } from './crash/deals.ts'
import { freePorts, sharedEnvironment, startFleet, type Fleet } from './crash/fleet.ts'
import type { Killable } from './crash/killable.ts'
import { randomFrom } from './crash/random.ts'
import { comeToRest } from './crash/rest.ts'
import { emptyTold, makePeople, type World } from './crash/world.ts'
import type { TestPerson } from './people.ts'

const LANES = 4
/** Of the proxy's check; a process that was asked to end goes on for longer than the check may take to see it. */
const CHECK_EVERY = '250ms'
const DRAIN_SECONDS = '1.5'
/** Slower than chat allows. */
const MESSAGE_EVERY_MS = 250
const RESTARTING = 1012
const TEST_TIMEOUT_MS = 300_000

describe.skipIf(!hasCaddy())('two web processes and two workers behind the proxy', () => {
  let t: TestApp
  let proxy: TestProxy
  let fleet: Fleet
  let world: World

  beforeAll(async () => {
    const [port = 0, first = 0, second = 0, ...workers] = await freePorts(5)
    proxy = await startCaddy(port, [first, second].map(each => `http://127.0.0.1:${each}`), CHECK_EVERY)
    setDefaultCACertificates([...rootCertificates, readFileSync(proxy.authority, 'utf8')])
    const shared = await sharedEnvironment()
    t = await createTestApp({ environment: shared })
    fleet = startFleet(t, shared, { web: [first, second], worker: workers }, {
      PUBLIC_URL: proxy.url, CALLBACK_URL: proxy.internalUrl, TRUST_PROXY: '1', DATABASE_POOL: '6', DRAIN_SECONDS,
    })
    world = { client: new Client(proxy.url), gateway: sandboxControls(t.deps.config.gateway.url), random: randomFrom(1), ...await makePeople(t, 4, 3), told: emptyTold(), over: false }
    await Promise.all([fleet.gateway.untilUp(), ...[...fleet.webs, ...fleet.workers].map(process => process.untilUp('/readyz'))])
  }, TEST_TIMEOUT_MS)
  afterAll(async () => {
    await fleet?.stop()
    await proxy?.close()
    await t?.close()
  })

  const say = async (person: TestPerson, address: string, conversationId: string, text: string) => {
    const answer = await fetch(`${address}/api/v1/conversations/${conversationId}/messages`, { method: 'POST', headers: { cookie: person.cookie, 'content-type': 'application/json' }, body: JSON.stringify({ clientId: `said-${encodeURIComponent(text)}`.replaceAll('%', '-').padEnd(8, '_'), text }) })
    return answer.status
  }

  it('bring what is said on one to who is on the other, and sign people out of both', async () => {
    const [ann, bo] = [world.buyers[0], world.buyers[1]] as [TestPerson, TestPerson]
    const [first, second] = fleet.webs.map(web => web.url) as [string, string]
    const conversation = await startConversation(ann, bo)
    const listener = new ChatClient(second, bo.cookie, conversation)
    await listener.connect()
    expect(await say(ann, first, conversation, '你好')).toBeLessThan(300)
    await expect.poll(() => listener.messages.map(message => message.text), { timeout: 5_000 }).toEqual(['你好'])

    const socket = new WebSocket(`${second.replace('http', 'ws')}/api/v1/live`, { headers: { cookie: bo.cookie } })
    await once(socket, 'open')
    const closed = once(socket, 'close')
    expect((await fetch(`${first}/api/v1/session`, { method: 'DELETE', headers: { cookie: bo.cookie } })).status).toBeLessThan(300)
    expect((await closed)[0]).toBe(4401)
    expect((await fetch(`${second}/api/v1/me`, { headers: { cookie: bo.cookie } })).status).toBe(401)
    world = { ...world, buyers: world.buyers.filter(buyer => buyer !== bo) }
  })

  it('are restarted one after the other, and no request fails, no word is lost, nothing happens twice', { timeout: TEST_TIMEOUT_MS }, async () => {
    const [ann, seller] = [world.buyers[0] as TestPerson, (world.sellers[0] as World['sellers'][number]).person]
    const conversation = await startConversation(ann, seller)
    const listener = new ChatClient(proxy.url, seller.cookie, conversation)
    const closings: number[] = []
    const listening = stayConnected(listener, closings)
    const load = Promise.all([...Array.from({ length: LANES }, () => trade(world)), takeOut(world)])
    const talk = keepTalking(async number => say(ann, proxy.url, conversation, String(number)))

    const ends = await Promise.race([roll(), load.then(() => [])])
    world.over = true
    const [statuses] = await Promise.all([talk(), load])
    expect(statuses.filter(status => status >= 300)).toEqual([])
    // Cards of their orders stand between what they say.
    const heard = () => listener.messages.filter(message => message.kind === 'text').map(message => message.text)
    await expect.poll(heard, { timeout: 30_000 }).toEqual(statuses.map((_, number) => String(number)))
    listening.stop()
    await comeToRest(t.deps.db, world.client)

    const { answered, brokenOff, unavailable, serverErrors } = world.client.tally
    process.stdout.write(`processes: each of ${ends.length} restarted; ${answered} answers, ${brokenOff} broken off, ${unavailable} unavailable; ${statuses.length} messages; ${world.told.orders.size} orders, ${world.told.steps.length} steps told\n`)
    expect(ends).toEqual([0, 0, 0, 0])
    expect({ brokenOff, unavailable, serverErrors }).toEqual({ brokenOff: 0, unavailable: 0, serverErrors: [] })
    expect(new Set(closings)).toEqual(new Set([RESTARTING]))
    expect(await findWrong(t.deps.db)).toEqual([])
    expect(await compareWithTold(t.deps.db, world.told)).toEqual({ lost: [], doubled: [] })
  })

  /** One web process after the other, as one must; the workers meanwhile, likewise. Answers the exit codes. */
  async function roll(): Promise<(number | null)[]> {
    const each = async (processes: readonly Killable[]) => {
      const codes: (number | null)[] = []
      for (const process of processes) {
        codes.push(await process.stopAndRestart())
        await process.untilUp('/readyz')
        await delay(1_000)
      }
      return codes
    }
    return (await Promise.all([each(fleet.webs), each(fleet.workers)])).flat()
  }
})

/** As a browser does: comes back when the line ends, after a moment drawn by lot. */
function stayConnected(client: ChatClient, closings: number[]): { stop: () => void } {
  let wanted = true
  const connect = async (): Promise<void> => {
    while (wanted) {
      await client.connect().then(async () => {
        const code = await client.closed()
        if (wanted) closings.push(code)
      }, () => undefined)
      if (wanted) await delay(200 + Math.random() * 300)
    }
  }
  void connect()
  return {
    stop: () => {
      wanted = false
      void client.drop()
    },
  }
}

/** Says one thing after the other until the returned function is called, which answers with the statuses. */
function keepTalking(say: (number: number) => Promise<number>): () => Promise<number[]> {
  let over = false
  const statuses: number[] = []
  const talking = (async () => {
    while (!over) {
      statuses.push(await say(statuses.length))
      await delay(MESSAGE_EVERY_MS)
    }
    return statuses
  })()
  return () => {
    over = true
    return talking
  }
}
