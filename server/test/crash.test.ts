/**
 * Servers die. Whole deals run against a real server and a real gateway while both are killed at random moments; the
 * clients repeat what broke off. Afterwards nothing that was told may be missing, and nothing may have happened twice.
 *
 * A drill: CRASHES=200 CRASH_SEED=7 npx vitest run server/test/crash.test.ts
 */
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { durationMs } from '@miaodan/shared/kernel/time'
import { sandboxControls } from '../src/ports/payments/sandbox-controls.ts'
import { createTestApp, type TestApp } from './app.ts'
import { Client } from './crash/client.ts'
import { compareWithBill, compareWithTold, findWrong } from './crash/checks.ts'
import { chinaDays } from './crash/days.ts'
import { takeOut, takeOutOnce, trade } from './crash/deals.ts'
import { freePorts, sharedEnvironment, startFleet, type Fleet } from './crash/fleet.ts'
import type { Killable } from './crash/killable.ts'
import { randomFrom } from './crash/random.ts'
import { advance, comeToRest } from './crash/rest.ts'
import { emptyTold, makePeople, type World } from './crash/world.ts'

const CRASHES = Number(process.env['CRASHES'] ?? 12)
const SEED = Number(process.env['CRASH_SEED'] ?? 1)
const LANES = 8
const BUYERS = 8
const SELLERS = 4
/** Each crash comes after the server has served for up to so long; one in ten while it is still starting. */
const LONGEST_LIFE_MS = 3_000
const TEST_TIMEOUT_MS = 300_000 + CRASHES * 20_000

let t: TestApp
let fleet: Fleet
let server: Killable
let gateway: Killable
let world: World

beforeAll(async () => {
  const [port = 0] = await freePorts(1)
  const shared = await sharedEnvironment()
  t = await createTestApp({ environment: shared })
  world = {
    client: new Client(`http://127.0.0.1:${port}`), gateway: sandboxControls(t.deps.config.gateway.url), random: randomFrom(SEED), ...await makePeople(t, BUYERS, SELLERS),
    told: emptyTold(), over: false,
  }
  fleet = startFleet(t, shared, { all: [port] })
  server = fleet.webs[0] as Killable
  gateway = fleet.gateway
  await Promise.all([gateway.untilUp(), server.untilUp()])
})
afterAll(async () => {
  await fleet?.stop()
  await t?.close()
})

it(`loses nothing and does nothing twice over ${CRASHES} crashes`, { timeout: TEST_TIMEOUT_MS }, async () => {
  const firstDay = t.deps.clock.now()
  const load = Promise.all([...Array.from({ length: LANES }, () => trade(world)), takeOut(world)])
  // Only a lane that fails ends before the last crash.
  await Promise.race([crash(), load])
  const drained = await server.stopAndRestart()
  world.over = true
  await Promise.all([server.untilUp(), gateway.untilUp()])
  await load
  await world.gateway.settleBy('auto')
  await comeToRest(t.deps.db, world.client)
  // What silence and time have released meanwhile is taken out too.
  for (const seller of world.sellers) await takeOutOnce(world, seller)
  await comeToRest(t.deps.db, world.client)

  const wrong = await findWrong(t.deps.db)
  const { lost, doubled } = await compareWithTold(t.deps.db, world.told)
  const { differences, totals } = await compareWithBill(t.deps.db, t.deps.gateway, chinaDays(firstDay, t.deps.clock.now()))
  const { answered, brokenOff, serverErrors } = world.client.tally
  const { orders, payments, payouts, requests, steps } = world.told
  const yuan = (fen: bigint | undefined) => (Number(fen ?? 0n) / 100).toFixed(2)
  process.stdout.write(`crash test: seed ${SEED}, ${CRASHES} crashes, ${answered} answers, ${brokenOff} requests broken off, ${orders.size} orders, ${payments.size} payments, ${payouts.size} payouts, ${requests.size} refund requests, ${steps.length} steps told; `
    + `in ${yuan(totals['payment'])}, back ${yuan(totals['refund'])}, out ${yuan(totals['transfer'])}; lost ${lost.length}, doubled ${doubled.length}, wrong ${wrong.length + differences.length}\n`)
  expect({ wrong, lost, doubled, differences, serverErrors, drained }).toEqual({ wrong: [], lost: [], doubled: [], differences: [], serverErrors: [], drained: 0 })
  expect(Math.min(orders.size, payouts.size, requests.size, brokenOff)).toBeGreaterThan(0)
})

/** Kills the server again and again, the gateway now and then, and lets time go by in between. */
async function crash(): Promise<void> {
  const { random, client } = world
  for (let crashes = 1; crashes <= CRASHES; crashes++) {
    if (!random.chance(0.1)) await server.untilUp()
    await delay(random.below(LONGEST_LIFE_MS))
    await server.killAndRestart()
    if (random.chance(0.25)) await gateway.killAndRestart()
    if (random.chance(0.2)) await gateway.untilUp().then(() => world.gateway.settleBy(random.pick(['auto', 'fail'])))
    // Halfway all that was accepted clears, so that there is something to take out in the second half.
    await advance(client, crashes === Math.ceil(CRASHES / 2) ? durationMs({ days: 4 }) : durationMs({ seconds: 5 + random.below(60) }))
  }
}
