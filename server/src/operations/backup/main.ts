/** `npm run backup -- FILE [--no-files] [--from-replica]` and `npm run restore -- FILE [--force]`. */
import { readConfig } from '../../config.ts'
import { openDeps } from '../../deps.ts'
import { openInstallation, type Installation } from '../../embedded/installation.ts'
import { StartProblem } from '../../embedded/settings.ts'
import { complain, say } from '../../embedded/terminal.ts'
import { sqlState } from '../../kernel/db.ts'
import { takeBackup } from './backup.ts'
import { replicaToRead } from './from-replica.ts'
import { restoreBackup } from './restore.ts'

const [verb, ...given] = process.argv.slice(2)
const [path] = given.filter(argument => !argument.startsWith('--'))
const flags = new Set(given.filter(argument => argument.startsWith('--')))

try {
  if (!path || !['backup', 'restore'].includes(verb ?? '')) throw new StartProblem('用法：npm run backup -- 文件 [--no-files] [--from-replica]，npm run restore -- 文件 [--force]', 'Usage: npm run backup -- FILE [--no-files] [--from-replica], npm run restore -- FILE [--force]')
  const installation = await openInstallation({ LOG_LEVEL: 'warn', ...process.env }, { create: verb === 'restore' })
  await (verb === 'backup' ? backup(installation, path) : restore(installation, path)).finally(() => installation.close())
} catch (error) {
  process.exitCode = 1
  if (error instanceof StartProblem) complain(error.zh, error.message)
  else complain('没有完成：', `Not done: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
}

async function backup({ environment }: Installation, to: string): Promise<void> {
  const deps = await openDeps(readConfig(environment))
  try {
    const databaseUrl = flags.has('--from-replica') ? await replicaToRead(deps.sql, deps.config.replicas.urls) : deps.config.databaseDirectUrl
    const { tables, files, missing, takenAt } = await takeBackup({ databaseUrl, storage: flags.has('--no-files') ? null : deps.storage, path: to }).catch(sayWhatToDo)
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    say(`已备份到 ${to}：${tables.length} 张表、${rows} 行、${files.length} 个文件，数据截至 ${takenAt}`, `saved to ${to}: ${tables.length} tables, ${rows} rows, ${files.length} files, as of ${takenAt}`)
    if (missing.length > 0) complain(`有 ${missing.length} 个文件不在存储里：${missing[0]}…`, `${missing.length} files are not in the storage: ${missing[0]}…`)
    say('密钥不在备份里，请另外保存 secrets.json 或环境变量', 'keys are not in it: keep secrets.json or the environment in another place')
  } finally {
    await deps.close()
  }
}

/** A replica ends a long read when what it reads has meanwhile been cleared away on the primary. */
function sayWhatToDo(error: unknown): never {
  if (sqlState(error) !== '40001') throw error
  throw new StartProblem('副本为了跟上主库打断了读取。在副本上设置 hot_standby_feedback = on 后再试，或不带 --from-replica。', 'The replica ended the reading to keep up with the primary: set hot_standby_feedback = on there and try again, or leave --from-replica out.')
}

async function restore({ environment }: Installation, from: string): Promise<void> {
  const { manifest, rows, entries, skipped, sealed } = await restoreBackup(from, environment, { force: flags.has('--force') })
  say(`已恢复 ${manifest.takenAt} 的备份：${rows} 行、${manifest.files.length} 个文件，账本 ${entries} 条分录合计为零`, `restored the backup of ${manifest.takenAt}: ${rows} rows, ${manifest.files.length} files; ${entries} ledger entries sum to zero`)
  say('搜索索引会在下次启动时重建', 'search indexes are made anew by the next start')
  if (skipped.length > 0) say(`不属于本程序的表没有恢复：${skipped.join('、')}`, `tables that are not ours were left out: ${skipped.join(', ')}`)
  if (sealed === null) return
  process.exitCode = 1
  complain(`现有的 FIELD_KEYS 打不开备份里的加密资料（${sealed}）。请用备份时的 secrets.json 或 FIELD_KEYS。`, `The FIELD_KEYS at hand do not open what the backup has sealed (${sealed}): use the secrets.json or FIELD_KEYS of that time.`)
}
