/** Processor time: what work costs, however busy the machine is while it is measured. */
import { readdir, readFile } from 'node:fs/promises'

/** Milliseconds used so far. */
export type ProcessorTime = { node: number, postgres: number }

const tickMs = 10

/** Of this process, and of the processes it has started: its Postgres. The latter only where there is a /proc. */
export async function processorTime(): Promise<ProcessorTime> {
  const { user, system } = process.cpuUsage()
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')))
  const fields = new Map(stats.map((stat) => [stat.split(' ', 1)[0] ?? '', stat.split(') ')[1]?.split(' ') ?? []] as const))
  const isOurs = (pid: string): boolean => {
    const parent = fields.get(pid)?.[1] ?? '0'
    return parent === String(process.pid) || (parent !== '0' && isOurs(parent))
  }
  const ticks = [...fields].filter(([pid]) => pid !== '' && isOurs(pid)).reduce((sum, [, stat]) => sum + Number(stat[11]) + Number(stat[12]), 0)
  return { node: (user + system) / 1_000, postgres: ticks * tickMs }
}

/** What the work took of either, in milliseconds each time. */
export async function costOf<T>(times: number, work: () => Promise<T>): Promise<ProcessorTime & { result: T }> {
  const before = await processorTime()
  const result = await work()
  const after = await processorTime()
  return { result, node: (after.node - before.node) / times, postgres: (after.postgres - before.postgres) / times }
}
