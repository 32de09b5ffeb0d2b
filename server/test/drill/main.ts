/**
 * `npm run drill`: a load of deals on two web processes and two workers, while processes are killed at random and what
 * they stand on fails; then the check that nothing clients were told is missing, nothing happened twice, and the books balance.
 *
 *     npm run drill -- --kills 1000 --seed 1 --sockets 10000 --minutes 60 --lanes 5
 *
 * With `--minutes` killing ends then, however many there were; the check is made all the same. `--lanes` is how many
 * people trade at a time.
 */
import { inspect, parseArgs } from 'node:util'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { sandboxControls } from '../../src/ports/payments/sandbox-controls.ts'
import { Client } from '../crash/client.ts'
import { compareWithBill, compareWithTold, findWrong } from '../crash/checks.ts'
import { chinaDays } from '../crash/days.ts'
import { takeOut, takeOutOnce, trade } from '../crash/deals.ts'
import { randomFrom } from '../crash/random.ts'
import { advance, comeToRest } from '../crash/rest.ts'
import { emptyTold, makePeople, type Seller, type World } from '../crash/world.ts'
import { publishedService } from '../catalog.ts'
import { fillDisk } from './disk.ts'
import { faults, POISON_KEY } from './faults.ts'
import { change, compareIndexes, search } from './searching.ts'
import { connectAtOnce } from './sockets.ts'
import { setStage, type Stage } from './stage.ts'
import { startWatch, type Longest, type Watch } from './watch.ts'

const BUYERS = 8
/** Each takes 99 orders at most, and one in ten is left lying. */
const SELLERS = 40
const LONGEST_LIFE_MS = 1_200
/** At least so many kills lie between two other faults, and more in a long drill: it has no more of those than this. */
const KILLS_PER_FAULT = 4
const MOST_FAULTS = 48
/** And so many between two leaps of days, by which silence accepts and clearing ends. */
const KILLS_PER_LEAP = 25
const LINE_CHARS = 1_000
/** Workers that were killed every few seconds have left much undone. */
const PATIENCE_MS = 900_000
const POLL_MS = 500
/** A comparison only reads: one whose connection was lost is made again. */
const MOST_TRIES = 5
const BETWEEN_TRIES_MS = 3_000

type Done = { kills: number, others: string[], wrong: string[] }

const { values } = parseArgs({ options: { kills: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' }, sockets: { type: 'string', default: '10000' }, minutes: { type: 'string', default: 'Infinity' }, lanes: { type: 'string', default: '8' } } })
const kills = Number(values.kills)
const killsPerFault = Math.max(KILLS_PER_FAULT, Math.ceil(kills / MOST_FAULTS))
const endAt = performance.now() + Number(values.minutes) * 60_000
const say = (text: string) => process.stdout.write(`${text}\n`)

const stage = await setStage()
const { t, fleet, url } = stage
const world: World = { client: new Client(url), gateway: sandboxControls(fleet.gateway.url), random: randomFrom(Number(values.seed)), ...await makePeople(t, BUYERS, SELLERS), told: emptyTold(), over: false }
const firstDay = t.deps.clock.now()
// postgres.js throws from a socket's handler when Postgres goes in the middle of a transaction; whoever made it tries again.
process.on('uncaughtException', error => {
  const text = inspect(error)
  say(`  ${text}`)
  if (!('severity' in error) && !text.includes('CONNECTION')) process.exit(1)
})

say(`drill: ${kills} kills, seed ${values.seed}; two web processes and two workers, a clock of each 45 s off; ${stage.redis ? 'Redis' : 'no Redis: LISTEN/NOTIFY'}`)
const sockets = await connectAtOnce(stage, Number(values.sockets))
say(`  ${sockets}`)
const disk = await fillDisk(stage, world)
say(`  ${disk}`)

const watch = startWatch(url, t.deps.db, POISON_KEY)
const shown = { provider: (world.sellers[0] as Seller).person, serviceId: await publishedService(t, (world.sellers[0] as Seller).person) }
const load = Promise.all([...Array.from({ length: Number(values.lanes) }, () => trade(world)), takeOut(world), search(world), change(world, shown)])
const done: Done = { kills: 0, others: [], wrong: [] }
await Promise.race([breakThings(stage, watch), load])
watch.mark('the end')
say(`  ${done.kills} kills; no more`)
world.over = true
await Promise.all([...fleet.webs, ...fleet.workers, fleet.gateway].map(process => process.untilUp()))
await load
await watch.stop()
await buryPoison()
say('  what was left undone is being done')
await world.gateway.settleBy('auto')
await comeToRest(t.deps.db, world.client)
for (const seller of world.sellers) await takeOutOnce(world, seller)
await comeToRest(t.deps.db, world.client)
say('  at rest; now what clients were told is compared')

const wrong = [...done.wrong, ...await compared(() => findWrong(t.deps.db)), ...await compared(() => compareIndexes(t.deps, stage.search))]
const { lost, doubled } = await compared(() => compareWithTold(t.deps.db, world.told))
const { differences } = await compared(() => compareWithBill(t.deps.db, t.deps.gateway, chinaDays(firstDay, t.deps.clock.now())))
const { answered, brokenOff, unavailable, serverErrors } = world.client.tally
const { orders, payments, payouts, requests, steps } = world.told
const { unanswered, waiting, restarting } = watch.longest()
say(`operations  ${answered} answers: ${orders.size} orders, ${payments.size} payments, ${payouts.size} payouts, ${requests.size} refund requests, ${steps.length} steps told; ${brokenOff} requests broken off, ${unavailable} unavailable, ${serverErrors.length} answered with 500`)
say(`faults      ${done.kills} kills, ${done.others.length} others (${countsOf(done.others)}), clock skew all the time`)
say(`lost ${lost.length}, doubled ${doubled.length}, unbalanced ${wrong.length + differences.length}`)
say(`recovery    longest time without an answer ${inWords(unanswered)}; longest wait of an event ${inWords(waiting)}; longest until a killed process served again ${inWords(restarting)}`)
for (const line of [...lost, ...doubled, ...wrong, ...differences, ...serverErrors.slice(0, 5)]) say(`  ${line.slice(0, LINE_CHARS)}`)
await stage.close()
process.exit(lost.length + doubled.length + wrong.length + differences.length === 0 ? 0 : 1)

function inWords({ ms, during }: Longest): string {
  return `${(ms / 1000).toFixed(1)} s (${during})`
}

function countsOf(names: readonly string[]): string {
  return [...Map.groupBy(names, name => name)].map(([name, all]) => `${all.length} × ${name}`).join(', ')
}

async function compared<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      say(`  a comparison was broken off: ${inspect(error)}`)
      if (tries === MOST_TRIES) throw error
      await delay(BETWEEN_TRIES_MS)
    }
  }
}

/** Kills, one fault of the list after each few, and time that goes by. */
async function breakThings({ fleet: { webs, workers, gateway } }: Stage, { mark, restarted }: Watch): Promise<void> {
  const { random, client } = world
  const processes = [...webs, ...workers]
  let turn = 0
  for (let kill = 1; kill <= kills && performance.now() < endAt; kill++) {
    const victim = random.pick(processes)
    if (!random.chance(0.1)) await victim.untilUp()
    await delay(random.below(LONGEST_LIFE_MS))
    mark(`kill of ${webs.includes(victim) ? 'a web process' : 'a worker'}`)
    await victim.killAndRestart()
    restarted(victim.untilUp('/readyz'))
    done.kills = kill
    if (random.chance(0.1)) await gateway.killAndRestart()
    if (random.chance(0.1)) await gateway.untilUp().then(() => world.gateway.settleBy(random.pick(['auto', 'fail'])))
    await advance(client, kill % KILLS_PER_LEAP === 0 ? 4 * 86_400_000 : (5 + random.below(60)) * 1_000)
    if (kill % killsPerFault !== 0) continue
    const fault = faults[turn++ % faults.length]
    if (!fault || (fault.name.startsWith('Redis') && !stage.redis)) continue
    mark(fault.name)
    say(`  ${kill} kills; ${fault.name}; ${world.told.orders.size} orders so far`)
    const wrong = await fault.run(stage, world)
    done.others.push(fault.name)
    if (wrong) done.wrong.push(`${fault.name}: ${wrong}`)
  }
}

/** Poison must be tried and told of, when those before it had their turn; then it is taken away, as staff would. */
async function buryPoison(): Promise<void> {
  const { db } = t.deps
  for (const end = performance.now() + PATIENCE_MS; ; await delay(POLL_MS)) {
    const [untried] = await db.execute<{ count: string }>(sql`
      select count(*) as count from (
        select last_error from outbox where key like ${`${POISON_KEY}:%`} union all select last_error from deadlines where entity = ${POISON_KEY}) as poison where last_error is null`)
    if (Number(untried?.count) === 0) break
    if (performance.now() > end) throw new Error(`${untried?.count} poison events and deadlines were never tried`)
  }
  await db.execute(sql`delete from outbox where key like ${`${POISON_KEY}:%`}`)
  await db.execute(sql`delete from deadlines where entity = ${POISON_KEY}`)
}
