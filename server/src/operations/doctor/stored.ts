/** What is stored, held against what it must be: keys that open it, books that balance, work that was given up, indexes that are whole. */
import type { Deps } from '../../deps.ts'
import { failuresByKind } from '../../features/admin/index.ts'
import { features } from '../../features/index.ts'
import { verifyBooks } from '../../features/ledger/index.ts'
import { monthState } from '../../kernel/partitions.ts'
import { SearchError } from '../../ports/search/port.ts'
import { about, reasonOf, text, type Finding } from './finding.ts'

/** An index follows its rows within moments; a difference below this is one of those moments. */
const MISSING_SHARE = 0.02
const MISSING_ANYWAY = 5
const SHOWN_FAULTS = 3
/** Three are made ahead, and the newest is made within hours of a month's beginning. */
const FEWEST_MONTHS = 2

export async function storedFindings(deps: Deps): Promise<Finding[]> {
  return (await Promise.all([keys(deps), books(deps), months(deps), givenUp(deps), indexes(deps)])).flat()
}

async function keys(deps: Deps): Promise<Finding[]> {
  const sealed = about('字段密钥', 'FIELD_KEYS')
  let opened = 0
  for (const { unseal } of features) {
    try {
      opened = Math.max(opened, await unseal?.(deps) ?? 0)
    } catch (error) {
      const advice = text('找回旧的密钥，放在 FIELD_KEYS 的末尾；新的放在前面。没有它，这些资料无法恢复。', 'Find the old key and put it last in FIELD_KEYS, new ones before it. Without it these values are lost.')
      return [sealed.fail(`库里的加密资料打不开：${reasonOf(error)}`, `Values in the database cannot be opened: ${reasonOf(error)}`, advice)]
    }
  }
  return [opened === 0 ? sealed.ok('还没有加密的资料。', 'Nothing is sealed yet.') : sealed.ok(`能打开库里的资料，用到 ${opened} 个密钥。`, `They open what is stored; keys in use: ${opened}.`)]
}

async function books(deps: Deps): Promise<Finding[]> {
  const ledger = about('账本', 'Ledger')
  const { ok, entries, postings, faults } = await deps.db.transaction(tx => verifyBooks(tx), { isolationLevel: 'repeatable read', accessMode: 'read only' })
  if (ok) return [ledger.ok(`${entries} 条分录、${postings} 笔过账：合计为零，链条完整。`, `${entries} entries, ${postings} postings: they sum to zero and every chain is whole.`)]
  const shown = faults.slice(0, SHOWN_FAULTS).map(fault => `${fault.check} ${fault.subject}: ${fault.detail}`).join('; ')
  return [ledger.fail(`有 ${faults.length} 处不符：${shown}`, `${faults.length} faults: ${shown}`, text('停止付款（npm run maintenance on），从备份核对，不要手工改账。', 'Stop payments (npm run maintenance on) and compare with a backup; never mend the books by hand.'))]
}

/** Months of the tables that are partitioned. */
async function months(deps: Deps): Promise<Finding[]> {
  const partitions = about('按月分区', 'Months')
  const states = await monthState(deps.db)
  const advice = text('见 docs/operations.md 的 MiaodanMonthsMissing。', 'See MiaodanMonthsMissing in docs/operations.md.')
  const few = states.filter(({ ahead }) => ahead < FEWEST_MONTHS)
  const strays = states.filter(one => one.strays).map(({ table }) => table).join(', ')
  const least = Math.min(...states.map(({ ahead }) => ahead))
  return [
    ...few.map(({ table, ahead }) => partitions.warn(`${table} 只备好了后面 ${ahead} 个月。`, `Of ${table} only ${ahead} months to come are there.`, advice)),
    ...strays ? [partitions.warn(`这些表有落在默认分区里的月份：${strays}`, `The default partition has rows of a month that was not there in time: ${strays}`, advice)] : [],
    ...few.length > 0 || strays ? [] : [partitions.ok(`后面 ${least} 个月的分区都备好了。`, `The partitions of the next ${least} months are there.`)],
  ]
}

async function givenUp(deps: Deps): Promise<Finding[]> {
  const work = about('后台工作', 'Work')
  const { event, deadline, sending, job } = await failuresByKind(deps.db, deps)
  const [zh, en] = [`事件 ${event.waiting} 个、期限 ${deadline.waiting} 个、通知 ${sending.waiting} 条、任务 ${job.waiting} 个`, `events ${event.waiting}, deadlines ${deadline.waiting}, notices ${sending.waiting}, jobs ${job.waiting}`]
  if (event.waiting + deadline.waiting + sending.waiting + job.waiting === 0) return [work.ok(`没有被放弃的工作：${zh}。`, `Nothing was given up: ${en}.`)]
  const advice = text('后台「没做成的事」/staff/failures 写着每一个的原因：解决后在那里重试。期限被放弃的订单会一直停着，先处理它们。', 'The staff page /staff/failures tells the reason of each: mend it, then try again there. Deals whose deadline was given up stand still, so begin with those.')
  return [work.warn(`被放弃的工作：${zh}。`, `Given up: ${en}.`, advice)]
}

async function indexes(deps: Deps): Promise<Finding[]> {
  const all = features.flatMap(feature => feature.indexes ?? [])
  return Promise.all(all.map(async ({ definition, expected }) => {
    const index = about(`搜索索引 ${definition.name}`, `Search index ${definition.name}`)
    try {
      const [rows, { total, engine }] = await Promise.all([expected(deps.db), deps.search.query(definition, { limit: 0 })])
      const apart = Math.abs(rows - total)
      if (deps.config.meilisearch && engine === 'postgres') return index.warn('Meilisearch 没有回答，暂由 Postgres 搜索。', 'Meilisearch did not answer; Postgres searches for now.', text('检查 MEILI_URL 和 MEILI_KEY。', 'Check MEILI_URL and MEILI_KEY.'))
      if (apart > Math.max(MISSING_ANYWAY, rows * MISSING_SHARE)) return index.warn(`有 ${total} 条，应有 ${rows} 条。`, `It holds ${total}, and there are ${rows}.`, text('看看有没有被放弃的 search 事件，重启会补上变化。', 'Look for events that were given up; what waits is made up for by the worker.'))
      return index.ok(`${total} 条（${engine}）`, `${total} documents (${engine})`)
    } catch (error) {
      if (error instanceof SearchError && error.code === 'search.not_ready') return index.warn('还没有建立，下次启动时会建。', 'It is not built yet; the next start does it.')
      return index.fail(reasonOf(error), reasonOf(error))
    }
  }))
}
