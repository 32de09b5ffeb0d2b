/**
 * How long an arbitrator waits for a case whose two people wrote 5,000 messages: the page, the dry run, the evidence as PDF.
 *
 *     node bench/case.ts [--messages 5000] [--rounds 40]
 *
 * One request at a time against the product in this process, on a Postgres of its own. The limit is 300 ms of server time for the page.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '../server/src/embedded/postgres.ts'
import { migrate } from '../server/src/kernel/migrate.ts'
import { sendMessage, startConversation } from '../server/test/chat.ts'
import { done, runningOrder, send, wire } from '../server/test/orders.ts'
import { signUp } from '../server/test/people.ts'
import { quantile } from './lib/drive.ts'
import { openStage, type OpenStage } from './lib/stage.ts'

const PAGE_LIMIT_MS = 300
const POT = 100_000

export async function run({ messages = 5_000, rounds = 40 } = {}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-bench-'))
  const server = await startPostgres({ dataDir: folder })
  let stage: OpenStage | undefined
  try {
    await migrate(server.url)
    stage = await openStage(server.url, folder, { RATE_LIMIT: '1000000' })
    const arbitrator = await signUp(stage.t, { staffRoles: ['arbitrator'] })
    const id = await disputed(stage, messages)
    await report('the page', PAGE_LIMIT_MS, rounds, () => send(arbitrator, 'GET', `/disputes/${id}`))
    await report('the queue', PAGE_LIMIT_MS, rounds, () => send(arbitrator, 'GET', '/staff/disputes'))
    await report('a dry run', PAGE_LIMIT_MS, rounds, () => send(arbitrator, 'POST', `/staff/disputes/${id}/dry-run`, { toBuyer: wire(POT / 2), toProvider: wire(POT / 2) }))
    await report('the evidence as PDF', undefined, 5, () => send(arbitrator, 'GET', `/disputes/${id}/pack`))
  } finally {
    await stage?.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A case under evidence between two people who wrote that much. */
async function disputed({ t }: OpenStage, messages: number): Promise<string> {
  const order = await runningOrder(t)
  const conversationId = await startConversation(order.buyer, order.provider)
  await sendMessage(order.buyer, conversationId, { text: '样稿我看过了，大号盒的烫金效果很好。小号盒内托是什么材质？成本会涨吗？' })
  await t.deps.sql`
    insert into messages (conversation_id, seq, sender_id, client_id, kind, text, created_at)
    select conversation_id, last + n, case n % 2 when 0 then ${order.buyer.userId}::uuid else ${order.provider.userId}::uuid end, 'bench' || n, 'text', text || n, created_at
    from messages, (select max(seq) as last from messages where conversation_id = ${conversationId}) newest, generate_series(1, ${messages - 1}) n
    where conversation_id = ${conversationId} and sender_id = ${order.buyer.userId} limit ${messages - 1}`
  await t.deps.sql`update conversations set last_seq = (select max(seq) from messages where conversation_id = id) where id = ${conversationId}`
  await t.deps.sql`vacuum analyze messages`
  await done(order.provider, 'POST', `/milestones/${order.milestoneIds[0]}/deliver`, { message: '第一版', uploads: [], proofs: [] })
  const { items } = await done(order.buyer, 'POST', `/orders/${order.id}/refund-requests`, { cause: 'quality', message: '缺一半', uploads: [], milestones: [{ id: order.milestoneIds[0], amount: wire(66_000) }] })
  const from = performance.now()
  const { disputeId } = await done(order.provider, 'POST', `/refund-requests/${items[0].id}/refuse`, { version: 1, message: '清单都做到了' })
  console.log(`${'opening it, all sealed'.padEnd(24)} ${(performance.now() - from).toFixed(0).padStart(5)} ms`)
  return disputeId
}

async function report(name: string, limitMs: number | undefined, rounds: number, ask: () => ReturnType<typeof send>): Promise<void> {
  const took: number[] = []
  for (let round = 0; round < rounds; round++) {
    const from = performance.now()
    const answer = await ask()
    if (answer.statusCode !== 200) throw new Error(`${name} was answered ${answer.statusCode}: ${answer.body.slice(0, 300)}`)
    took.push(performance.now() - from)
  }
  took.sort((a, b) => a - b)
  const p95 = quantile(took, 0.95)
  console.log(`${name.padEnd(24)} ${quantile(took, 0.5).toFixed(0).padStart(5)} ms, p95 ${p95.toFixed(0)} ms${limitMs === undefined ? '' : `   ${(p95 / limitMs).toFixed(2)} of the limit of ${limitMs} ms`}`)
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { messages: { type: 'string', default: '5000' }, rounds: { type: 'string', default: '40' } } })
  await run({ messages: Number(values.messages), rounds: Number(values.rounds) })
}
