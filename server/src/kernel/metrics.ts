/**
 * What this process counts as it works; read at /metrics beside what the database knows (operations/metrics). Labels are
 * names of ours only (routes, topics, tasks), never anything a person typed, so that the number of series stays bounded.
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

export const processMetrics = new Registry()
const registers = [processMetrics]

/** From 5 ms, where a page still feels instant, to the 30 s after which a statement is ended. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30]

export const requestSeconds = new Histogram({
  name: 'miaodan_http_request_duration_seconds', help: 'Answered requests by route pattern and class of status.',
  labelNames: ['method', 'route', 'status'], buckets: SECONDS, registers,
})
export const problemsAnswered = new Counter({ name: 'miaodan_problems_total', help: 'Problem documents sent, by code.', labelNames: ['code'], registers })
export const openSockets = new Gauge({ name: 'miaodan_live_sockets', help: 'Open sockets of browsers.', registers })

export const searchSeconds = new Histogram({ name: 'miaodan_search_duration_seconds', help: 'Searches by the engine that answered.', labelNames: ['engine'], buckets: SECONDS, registers })

/** With a replica only. `replica`: it answered; else the primary did, and why. */
export const staleReads = new Counter<'outcome'>({ name: 'miaodan_stale_reads_total', help: 'Reads that may be stale, by who answered: the replica, or the primary because the replica was away, behind, had to give the read up for its replay (conflict), or failed.', labelNames: ['outcome'], registers })

type Outcome = 'done' | 'failed' | 'dead'

export const eventsRelayed = new Counter<'topic' | 'outcome'>({ name: 'miaodan_outbox_events_total', help: 'Events handed on, and tries that failed; dead: given up.', labelNames: ['topic', 'outcome'], registers })
export const deadlinesFired = new Counter<'deadline' | 'outcome'>({ name: 'miaodan_deadlines_fired_total', help: 'Deadlines carried out, and tries that failed; dead: given up.', labelNames: ['deadline', 'outcome'], registers })
export const taskRuns = new Counter<'task' | 'outcome'>({ name: 'miaodan_task_runs_total', help: 'Runs of a task that found something to do, and those that failed.', labelNames: ['task', 'outcome'], registers })
/** Back to 0 with the first run that does not fail. */
export const tasksFailing = new Gauge<'task'>({ name: 'miaodan_task_failing', help: '1 while the last run of a task failed.', labelNames: ['task'], registers })

export const rowsForgotten = new Counter<'table'>({ name: 'miaodan_rows_forgotten_total', help: 'Rows deleted because their time was over.', labelNames: ['table'], registers })

export const outcomeOf = (dead: boolean): Outcome => (dead ? 'dead' : 'failed')

const loopSeen = new Gauge<'loop'>({ name: 'miaodan_worker_loop_timestamp_seconds', help: 'When a loop of the worker last looked for work.', labelNames: ['loop'], registers })

/** To be called at each turn of a loop: one that hangs or has ended is seen by its age. */
export function turned(loop: string): void {
  loopSeen.set({ loop }, Date.now() / 1000)
}
