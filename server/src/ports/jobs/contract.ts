/** What every jobs adapter must do, on the real thing. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job, JobQueue, Jobs } from './port.ts'

export type OpenedJobs = {
  /** Another process's way to the same queues. A worker that is silent for so long is taken for dead. */
  connect: (lockMs?: number) => Jobs
  /** The arguments of server/test/job-holder.ts, for a process that can be killed. */
  holder: readonly string[]
  /** Ends what the queues are in, for everybody; and lets it come back, perhaps empty. */
  lose: () => Promise<void>
  restore: () => Promise<void>
  close: () => Promise<void>
}

/** Only a net under what never comes. */
const PATIENCE = { timeout: 20_000, interval: 10 }
/** As the killed process has it. */
const HELD_MS = 500
const HOLDER = new URL('../../../test/job-holder.ts', import.meta.url).pathname

/** `mayBeLost: false` where what the queues are in has several machines, one of which at most is lost. */
export function jobsContract(name: string, open: () => Promise<OpenedJobs>, { mayBeLost = true } = {}): void {
  describe(`jobs contract: ${name}`, () => {
    let opened: OpenedJobs
    let here: Jobs
    let there: Jobs
    let queues = 0
    const queue = (more: Partial<JobQueue> = {}): JobQueue => ({ name: `test.queue-${queues++}`, attempts: 3, firstRetryMs: 40, concurrency: 4, ...more })
    beforeAll(async () => {
      opened = await open()
      here = opened.connect()
      there = opened.connect()
    })
    afterAll(async () => {
      await Promise.all([here.close(), there.close()])
      await opened.close()
    })

    it('does each job once, whichever process added it and however many work', async () => {
      const work = queue()
      const done: unknown[] = []
      const stops = await Promise.all([here, there].map(jobs => jobs.work(work, async ({ data }) => void done.push(data['number']))))
      await Promise.all(Array.from({ length: 40 }, (_, number) => [here, there][number % 2]?.add(work, { number })))
      await expect.poll(() => done.length, PATIENCE).toBe(40)
      expect(new Set(done).size).toBe(40)
      await Promise.all(stops.map(stop => stop()))
    })

    it('takes a job of the same id once while it waits, and again when it was done', async () => {
      const work = queue()
      const done: unknown[] = []
      for (const text of ['first', 'second']) await here.add(work, { text }, { id: 'one' })
      const stop = await there.work(work, async ({ id, data }) => void done.push([id, data['text']]))
      await expect.poll(() => done, PATIENCE).toEqual([['one', 'first']])
      await expect.poll(async () => {
        await here.add(work, { text: 'third' }, { id: 'one' })
        return done.length
      }, PATIENCE).toBeGreaterThan(1)
      await stop()
    })

    it('tries again what failed, later each time, until it is done', async () => {
      const work = queue({ attempts: 4, firstRetryMs: 100 })
      const tries: { attempt: number, at: number }[] = []
      const stop = await here.work(work, async ({ attempt }) => {
        tries.push({ attempt, at: performance.now() })
        if (attempt < 3) throw new Error('not yet')
      })
      await here.add(work, {})
      await expect.poll(() => tries.map(({ attempt }) => attempt), PATIENCE).toEqual([1, 2, 3])
      const [first, second, third] = tries.map(({ at }) => at) as [number, number, number]
      expect(second - first).toBeGreaterThanOrEqual(45)
      expect(third - second).toBeGreaterThanOrEqual(95)
      expect((await here.dead(work, 10)).total).toBe(0)
      await stop()
    })

    it('gives up after so many tries, keeps what was given up with its reason, and tries it anew when told to', async () => {
      const work = queue({ attempts: 2 })
      const tries: Job[] = []
      let healed = false
      const stop = await there.work(work, async job => {
        tries.push(job)
        if (!healed) throw new Error('坏了 for good')
      })
      await here.add(work, { order: 'seven' }, { id: 'poison' })
      await expect.poll(async () => (await here.dead(work, 10)).total, PATIENCE).toBe(1)
      const { jobs: [dead], oldestAt } = await here.dead(work, 10)
      expect(dead).toMatchObject({ id: 'poison', queue: work.name, data: { order: 'seven' }, attempt: 2, error: '坏了 for good' })
      expect(Math.abs((dead?.at.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
      expect([oldestAt, (await here.dead(work, 0)).jobs]).toEqual([dead?.at, []])
      healed = true
      expect(await here.retry(work, 'poison')).toBe(true)
      await expect.poll(() => tries.map(({ attempt }) => attempt), PATIENCE).toEqual([1, 2, 1])
      await expect.poll(async () => (await here.dead(work, 10)).total, PATIENCE).toBe(0)
      expect(await here.retry(work, 'poison')).toBe(false)
      await stop()
    })

    it('waits as long as it was told to', async () => {
      const work = queue()
      const done: number[] = []
      const stop = await here.work(work, async () => void done.push(performance.now()))
      const added = performance.now()
      await here.add(work, {}, { delayMs: 300 })
      await expect.poll(() => done.length, PATIENCE).toBe(1)
      expect((done[0] ?? 0) - added).toBeGreaterThanOrEqual(295)
      await stop()
    })

    it('repeats a job at its interval, once for all processes that ask for it', async () => {
      const work = queue()
      const done: number[] = []
      await Promise.all([here.repeat(work, 200), there.repeat(work, 200)])
      const stops = await Promise.all([here, there].map(jobs => jobs.work(work, async () => void done.push(performance.now()))))
      await expect.poll(() => done.length, PATIENCE).toBe(5)
      // Three intervals after a first that may be short; two processes that each had their own would need two.
      expect((done[4] ?? 0) - (done[0] ?? 0)).toBeGreaterThan(480)
      await Promise.all(stops.map(stop => stop()))
    })

    it('works on so many at once, and no more', async () => {
      const work = queue({ concurrency: 3 })
      let [now, most, done] = [0, 0, 0]
      const stop = await here.work(work, async () => {
        most = Math.max(most, ++now)
        await new Promise(resolve => setTimeout(resolve, 30))
        now--
        done++
      })
      await Promise.all(Array.from({ length: 12 }, () => here.add(work, {})))
      await expect.poll(() => done, PATIENCE).toBe(12)
      expect(most).toBe(3)
      await stop()
    })

    it('keeps to a rate over all processes', async () => {
      const work = queue({ rate: { most: 4, perMs: 400 } })
      const done: number[] = []
      await Promise.all(Array.from({ length: 10 }, () => here.add(work, {})))
      const stops = await Promise.all([here, there].map(jobs => jobs.work(work, async () => void done.push(performance.now()))))
      await expect.poll(() => done.length, PATIENCE).toBe(10)
      expect((done[9] ?? 0) - (done[0] ?? 0)).toBeGreaterThan(600)
      await Promise.all(stops.map(stop => stop()))
    })

    it('ends when what is being worked on is done, and leaves the rest to others', async () => {
      const work = queue({ concurrency: 1 })
      const done: string[] = []
      let begun: () => void = () => {}
      const beginning = new Promise<void>(resolve => { begun = resolve })
      const stop = await here.work(work, async ({ id }) => {
        begun()
        await new Promise(resolve => setTimeout(resolve, 150))
        done.push(id)
      })
      await here.add(work, {}, { id: 'first' })
      await here.add(work, {}, { id: 'second' })
      await beginning
      await stop()
      expect(done).toEqual(['first'])
      const stopOther = await there.work(work, async ({ id }) => void done.push(id))
      await expect.poll(() => done, PATIENCE).toEqual(['first', 'second'])
      await stopOther()
    })

    it('does a job again whose worker was killed', async () => {
      const work = queue()
      const holder = spawn(process.execPath, [HOLDER, ...opened.holder, JSON.stringify(work)], { stdio: ['ignore', 'pipe', 'inherit'] })
      await here.add(work, {}, { id: 'held' })
      await once(holder.stdout, 'data')
      const killed = once(holder, 'exit')
      holder.kill('SIGKILL')
      await killed
      const done: string[] = []
      const watchful = opened.connect(HELD_MS)
      await watchful.work(work, async ({ id }) => void done.push(id))
      await expect.poll(() => done, PATIENCE).toContain('held')
      await watchful.close()
    })

    it.runIf(mayBeLost)('refuses jobs soon while it is away, and goes on by itself when it is back', async () => {
      const work = queue()
      const done: unknown[] = []
      const stop = await there.work(work, async ({ data }) => void done.push(data['text']))
      await opened.lose()
      await expect(here.add(work, { text: 'lost' })).rejects.toThrow()
      await opened.restore()
      await expect.poll(() => here.add(work, { text: 'back' }).then(() => 'added', String), PATIENCE).toBe('added')
      await expect.poll(() => done, PATIENCE).toContain('back')
      await here.check()
      await stop()
    })

    it.runIf(mayBeLost)('ends soon while it is away', async () => {
      const third = opened.connect()
      const work = queue()
      await third.work(work, async () => {})
      await third.add(work, {})
      await opened.lose()
      const left = performance.now()
      await third.close()
      expect(performance.now() - left).toBeLessThan(8_000)
      await opened.restore()
    })
  })
}
